"""Makes more tables of tests/source/forms in the working directory: as statistics bureaus, finance offices, hospitals and schools
export them.

Needs openpyxl. The files named saved-… are these, opened and saved by LibreOffice."""
import datetime as dt
import openpyxl
from openpyxl.styles import Font

N = None


def book(name, rows, merge=(), formats=None, more=None):
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = '表'
    for row in rows:
        ws.append(row)
    for area in merge:
        ws.merge_cells(area)
    for area, code in (formats or {}).items():
        cells = ws[area]
        for row in cells if isinstance(cells, tuple) else ((cells,),):
            for cell in row:
                cell.number_format = code
    if more:
        more(wb, ws)
    wb.save(name + '.xlsx')


def write(name, text, encoding='utf-8'):
    with open(name, 'wb') as file:
        file.write(text.encode(encoding))


def struck(wb, ws):
    for cell in ws[3]:
        cell.font = Font(strike=True)


def errors(wb, ws):
    ws['C2'] = '#DIV/0!'
    ws['C2'].data_type = 'e'


def quarters(wb, ws):
    ws.title = '一季度'
    second = wb.create_sheet('二季度 (2)')
    for row in [['街道', '件数'], ['甲', 3], ['乙', 4]]:
        second.append(row)


# Statistics: heads of three rows, letters of columns, footers, repeated heads, totals anywhere.
book('indicators', [['2023年主要经济指标完成情况表'], ['单位：万元、%'], ['地区', '工业', N, N, N, '农业', N],
    [N, '总产值', N, '增加值', N, '总产值', '增速'], [N, '绝对量', '增速', '绝对量', '增速', N, N],
    ['良乡镇', 1234.5, .052, 567.8, -.031, 89.1, .01], ['合计', 3469, .11, 1235.6, -.01, 188.2, 0]],
    ['A1:G1', 'A2:G2', 'A3:A5', 'B3:E3', 'B4:C4', 'D4:E4', 'F3:G3', 'F4:F5', 'G4:G5'],
    {'C6:C7': '0.0%', 'E6:E7': '0.0%', 'G6:G7': '0.0%', 'B6:B7': '#,##0.0'})
book('reporting-form', [['工业生产主要指标'], ['表　　号：B201表'], ['制定机关：国家统计局'],
    ['指标名称', '计量单位', '代码', '本期', '上年同期'], ['甲', '乙', '丙', 1, 2], ['工业总产值', '万元', '01', 1234, 1200],
    ['其中：新产品', '万元', '02', 234, 200],
    ['单位负责人：张三', '统计负责人：李四', '填表人：王五', '联系电话：010-12345678', '报出日期：2024年1月8日']], ['A1:E1'])
book('head-again', [['街道', '件数'], ['甲', 1], ['乙', 2], ['续表', N], ['街道', '件数'], ['丙', 3]])
book('same-head-below', [['街道', '件数'], ['甲', 1], ['乙', 2], ['2022年', N], ['街道', '件数'], ['丙', 3]])
book('subtotals-within', [['地区', '街道', '件数'], ['城区', '甲街', 1], [N, '乙街', 2], [N, '小计', 3], ['山区', '丙镇', 4],
    [N, '丁镇', 5], ['总计', N, 9]], ['A2:A4', 'A5:A6', 'A7:B7'])
book('numbered-subtotals', [['序号', '街道', '件数'], [1, '甲', 1], [2, '城区小计', 2], [3, '乙', 3]])
book('schools', [['班级', '男', '女'], ['一班', 20, 22], ['二班', 21, 20], [N, N, N], ['全校', 41, 42]])
book('months', [['指标', dt.date(2024, 1, 1), dt.date(2024, 2, 1)], ['产值', 1, 2]], formats={'B1:C1': 'yyyy"年"m"月"'})
# Tables side by side.
beside = [['街道', '件数', N, '部门', '人数'], ['甲', 1, N, '办公室', 5], ['乙', 2, N, '财务科', 6]]
book('beside', beside)
write('beside.csv', ''.join(','.join('' if c is N else str(c) for c in row) + '\n' for row in beside))
book('beside-titled', [['表一 街道', N, N, '表二 部门', N]] + beside, ['A1:B1', 'D1:E1'])
book('beside-lower', [['街道', '件数', N, N, N], ['甲', 1, N, '部门', '人数'], ['乙', 2, N, '办公室', 5]])
book('beside-years', [['学校', '学生', N, '年份', '招生'], ['一中', 1000, N, 2022, 300], ['二中', 2000, N, 2023, 400]])
book('spaced', [['街道', '收到', '立案', N, '办结', '办结率'], ['甲', 10, 8, N, 7, .875], ['乙', 20, 18, N, 17, .944]],
    formats={'F2:F3': '0.0%'})
# Finance: accounting formats, tens of thousands, signs in brackets, arrows.
book('accounts', [['项目', '会计', '括号', '外币', '万', '箭头'], ['收入', 1234.5, 1234.5, 99.5, 123456, .5],
    ['支出', -234.5, -234.5, -5, 100000, -.25], ['零', 0, 0, 0, 0, 0]], formats={
    'B2:B4': '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', 'C2:C4': '#,##0.0_);\\(#,##0.0\\)',
    'D2:D4': '[$$-409]#,##0.00', 'E2:E4': '0!.0,"万"', 'F2:F4': '↑0.0%;[Red]↓0.0%;0.0%'})
book('codes', [['文号', '批次', '页', '千', '电话', '代码', '身份证号'], [12, 3, 5, 1234567, 13800138000, '007', '110111199001011234'],
    [13, 4, 6, 2345, 1012345678, '012', '11011119900101123X']], formats={'A2:A3': '"第"0"号"', 'B2:B3': '0"批"',
    'C2:C3': '"P"000', 'D2:D3': '#,##0,"千"', 'E2:E3': '000-0000-0000'})
book('changes', [['指标', '增减', '比重'], ['甲', .52, 1.25], ['乙', -.31, -.5]],
    formats={'B2:B3': '0.0"个百分点"', 'C2:C3': '+0.0;-0.0;0.0'})
write('finance.csv', '"单位名称","收入（万元）","占比"\r\n"甲","1,234.5","12.5%"\r\n"乙","-234.5","(2.5%)"\r\n', 'gb18030')
# Hospitals: blank rows, times and durations, marks for no value, errors.
book('wards', [['科室', '门诊量', '同比'], ['内科', 12345, '5.2%'], [], ['外科', 2345, '-3.1%'], [], ['儿科', 345, '—']])
book('times', [['项', '时间', '时长', '日期时间', '分秒'],
    ['甲', dt.time(14, 30), dt.timedelta(hours=26, minutes=5), dt.datetime(2024, 1, 8, 9, 5), dt.time(0, 3, 25)]],
    formats={'B2': 'h:mm', 'C2': '[h]:mm', 'D2': 'yyyy/m/d h:mm', 'E2': 'mm:ss'})
book('rates', [['街道', '数', '率'], ['甲', 1, N], ['乙', 3, .5]], more=errors)
# What a sheet shows or does not.
book('struck', [['街道', '件数'], ['甲', 1], ['乙', 2], ['丙', 3]], more=struck)
# Only as LibreOffice saves them: what formats hide, and cells that are merged beside a range.
book('signs', [['k', 'v'], ['甲', -1], ['乙', -1], ['丙', 0], ['丁', 0], ['戊', 0], ['己', -3]], formats={
    'B2': '[<0]"降"0.0;0.0', 'B3': '0.0;0.0;0.0', 'B4': '0.0;;', 'B5': '#,###', 'B6': '0.00;-0.00;', 'B7': ';;;'})
book('merged-beside', [['类', '街道', '数', '注', '备'], ['甲类', '东街', 1, 'x', 'p'], [N, '西街', 2, 'y', N],
                       ['乙类', '南街', 3, 'z', 'q'], [N, '北街', 4, 'u', N], ['说明', N, N, N, N]],
     ['A2:A3', 'E2:E3', 'A4:A5', 'E4:E5', 'A6:E6'])
book('unrounded', [['甲', '乙'], ['a', .1 + .2], ['b', 1 / 3]])
book('blanks', [['　街道 ', '\xa0件数\xa0', ' '], ['　甲　', '１２３', ' '], [' 乙 ', '４５６．７', N]])
book('quarters', [['街道', '件数'], ['甲', 1]], more=quarters)
book('text-dates', [['姓名', '日期'], ['甲', '2024.1.8'], ['乙', '2024-01-08'], ['丙', '2024/1/8'], ['丁', '2024年1月8日'],
    ['戊', '20240108'], ['己', '1月8日']])
write('tabs-before.csv', '身份证号,姓名,金额\n\t110111199001011234,张三,"¥1,234.00"\n', 'utf-8-sig')
