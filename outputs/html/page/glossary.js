// Words that a reader may not know.
const GLOSSARY = [
  [['Growth on a year earlier', 'A period\'s value in US dollars over that of the same period a year before, in per cent. January and February are one period, since the new-year holiday moves between them.'],
    ['同比', '与上年同期相比的增速，以美元计价，单位为%。春节在1月和2月之间移动，因此1—2月合并计算。']],
  [['Percentage point (pp)', 'The unit of differences and contributions of growth rates: from 4% to 6% is 2 percentage points, not 2%.'],
    ['百分点', '增速之差与拉动的单位：由4%升至6%为提高2个百分点，而不是2%。']],
  [['Contribution', 'What a part adds to total growth: its change over the total\'s value a year before, in percentage points. A share of growth is not shown, since it has no meaning where growth is near zero or the paths disagree about its sign.'],
    ['拉动', '分项增量除以上年同期总额，单位为百分点，各分项拉动之和等于总额同比。同比接近零或各路径符号不一时贡献率没有定义，故不列示贡献率。']],
  [['Path', 'One draw of everything that is uncertain: drivers, responses, residuals. The figures are statistics over all paths.'],
    ['路径', '对全部不确定因素（驱动因素、弹性、残差）的一次抽样；各项数字为全部路径的统计量。']],
  [['Quantile', 'The 5% quantile is the value that 5% of the paths lie below. The interval from 5% to 95% holds nine paths in ten; the median is the 50% quantile.'],
    ['分位数', '5%分位数指有5%的路径低于该值；5%—95%分位区间包含九成路径；中位数即50%分位数。']],
  [['Monte Carlo error', 'One standard error (±) of a figure from the finite number of paths: with other random numbers the figure would differ by about that much. It says nothing about whether the model is right.'],
    ['蒙特卡洛误差', '路径数有限造成的一个标准误（±）：更换随机数，数字大致变动这么多。它不反映模型本身是否正确。']],
  [['Mean of the worst 5%', 'The average over the 5% of paths with the lowest growth (expected shortfall).'],
    ['最差5%情形的均值', '增速最低的5%路径的平均值，即预期短缺（ES）。']],
  [['Price and volume', 'Growth of value split into the change of unit values and that of quantities, so that both add up to it. Where customs prints no quantity the split is the model\'s.'],
    ['价格与数量', '金额增速分解为单位价值变化与数量变化，两者之和等于金额增速；海关不公布数量的商品由模型拆分。']],
  [['Inherited', 'What drivers that stay where they are would still do, through lags and the base of the year before.'],
    ['存量效应', '驱动因素维持现状时，经由时滞和上年基数仍会产生的影响。']],
  [['Scenario', 'A stated set of paths for spending on AI, tariffs, memory prices and other drivers; a conditional forecast, not the most likely future.'],
    ['情景', '对AI资本开支、关税、存储价格等驱动因素的一组设定；属于条件预测，并非最可能的未来。']],
  [['Common random numbers', 'Scenarios draw the same random numbers, so that what differs between them is the scenario.'],
    ['共同随机数', '各情景使用相同的随机数，差异只来自情景本身。']],
  [['Sobol points', 'Evenly spread random points; the same accuracy from fewer paths.'],
    ['Sobol点', '分布更均匀的随机点，用较少的路径达到相同精度。']],
];
function glossarySection(section) {
  section.append(el('dl', {class: 'glossary'}, GLOSSARY.flatMap((entry) => {
    const [word, meaning] = entry[lang === 'zh' ? 1 : 0];
    return [el('dt', {}, word), el('dd', {}, meaning)];
  })));
}
