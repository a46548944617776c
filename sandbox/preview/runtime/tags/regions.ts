/** The columns of <picker mode="region">. A phone has all regions of China, the preview some to choose from. */
const REGIONS: Record<string, Record<string, string[]>> = {
  北京市: { 北京市: ['东城区', '西城区', '朝阳区', '海淀区'] },
  上海市: { 上海市: ['黄浦区', '徐汇区', '浦东新区'] },
  浙江省: { 杭州市: ['上城区', '西湖区', '余杭区'], 宁波市: ['海曙区', '鄞州区'] },
  广东省: { 广州市: ['越秀区', '天河区'], 深圳市: ['福田区', '南山区'] },
  四川省: { 成都市: ['锦江区', '武侯区'] },
};

/** What is picked: province, city, district. A name that a column does not have counts as its first one. */
export type Region = [string, string, string];

interface RegionChoice {
  columns: [string[], string[], string[]];
  value: Region;
}

/** @param customItem the first of each column, if it is not '' */
export function regionsFor(wanted: unknown, customItem: string): RegionChoice {
  const names: unknown[] = Array.isArray(wanted) ? wanted : [];
  const column = (regions: string[], index: number): { all: string[]; picked: string } => {
    const all = customItem === '' ? regions : [customItem, ...regions];
    return { all, picked: all.find(name => name === names[index]) ?? all[0] ?? '' };
  };
  const provinces = column(Object.keys(REGIONS), 0);
  const cities = column(Object.keys(REGIONS[provinces.picked] ?? {}), 1);
  const districts = column(REGIONS[provinces.picked]?.[cities.picked] ?? [], 2);
  return {
    columns: [provinces.all, cities.all, districts.all],
    value: [provinces.picked, cities.picked, districts.picked],
  };
}
