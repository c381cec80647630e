"""Makes the tables of tests/source/forms in the working directory: forms of tables as offices export them.

Needs openpyxl, xlwt and odfpy. The files named office-… are these, opened and saved by LibreOffice."""
import openpyxl, xlwt, os
from openpyxl.utils import get_column_letter
F={}   # name -> (file, data option yaml, body expr, expected)
def w(name, data): open(name,'wb').write(data)
def case(n,file,opt,expr,exp): F[n]=(file,opt,expr,exp)

# 1 statistics bureau export CSV: title lines, unit, notes
w('01.csv','数据库：年度数据,,\n指标：地区生产总值,,\n时间：最近3年,,\n指标,2023年,2022年\n地区生产总值(亿元),"1,260,582.1","1,204,724.0"\n第一产业增加值(亿元),"89,755.2","88,207.0"\n注：1.数据按当年价格计算。,,\n数据来源：国家统计局,,\n'.encode())
case('01','01.csv','columns: {2023年: {type: number}}','{{ d[0]["2023年"] }}','1,260,582.1|1260582.1')
# 2 same GB18030 CRLF
w('02.csv','数据库：年度数据\r\n时间：最近2年\r\n指标,2023年,2022年\r\n人口,140967,141175\r\n注：年末数。\r\n数据来源：国家统计局\r\n'.encode('gb18030'))
case('02','02.csv','','{{ d[0]["2023年"] }}','140967')
# 3 trailing tabs and comma
w('03.csv','指标\t,2023年\t,2022年\t,\n人口\t,140967\t,141175\t,\n城镇\t,93267\t,92071\t,\n'.encode('utf-8-sig'))
case('03','03.csv','','{{ d | sum(attribute="2023年") }}','234234')
# 4 utf-16le BOM TSV
w('04.tsv','﻿街道\t件数\n拱辰\t12\n西潞\t9\n'.encode('utf-16-le'))
case('04','04.tsv','','{{ d | sum(attribute="件数") }}','21')
# 5 utf-16le without mark + encoding, csv with tabs (Excel "Unicode text")
w('05.csv','街道\t件数\r\n拱辰\t12\r\n西潞\t9\r\n'.encode('utf-16-le'))
case('05','05.csv','encoding: utf-16le','{{ d | sum(attribute="件数") }}','21')
# 6 utf-16be BOM
w('06.csv','﻿街道,件数\n拱辰,12\n西潞,9\n'.encode('utf-16-be'))
case('06','06.csv','','{{ d | sum(attribute="件数") }}','21')
# 7 semicolons
w('07.csv','街道;件数\n拱辰;12\n西潞;9\n'.encode())
case('07','07.csv','','{{ d | sum(attribute="件数") }}','21')
# 8 full-width digits, brackets, minus, percent
w('08.csv','项目,本年,增减,比率\n甲,１２３,(12),12.5%\n乙,"1,234",−3.5,.5\n丙,５６．７,（1,234）,8%\n'.replace('（1,234）','"（1,234）"').encode())
case('08','08.csv','columns: {本年: {type: number}, 增减: {type: number}, 比率: {type: number}}','{{ d | sum(attribute="本年") }} {{ d[0].增减 }} {{ d[1].增减 }} {{ d[2].增减 }} {{ d[0].比率 }}','1413.7 -12 -3.5 -1234 12.5%')
# 9 xlsx: title, unit, two-row merged head, total, note
def book(rows, merges=(), fmts={}, name='Sheet1', wb=None, start=1):
    wb=wb or openpyxl.Workbook(); ws=wb.active; ws.title=name
    for i,r in enumerate(rows):
        for j,v in enumerate(r):
            if v is not None: ws.cell(start+i,1+j,v)
    for m in merges: ws.merge_cells(m)
    for ref,f in fmts.items(): ws[ref].number_format=f
    return wb
b=book([['表1 提案办理情况'],['单位：件',None,None,None],['街道','提案',None,'办结率'],[None,'收到','立案',None],['拱辰',12,10,0.8333],['西潞',9,8,0.8889],['合计',21,18,0.857],['注：截至12月31日。']],['A1:D1','B3:C3','A3:A4','D3:D4'],{'D5':'0.0%','D6':'0.0%','D7':'0.0%'})
b.save('09.xlsx'); case('09','09.xlsx','drop: 合计','{{ d | sum(attribute="提案/收到") }} {{ d[0].办结率 }}','21 83.3%')
# 10 three-row head
b=book([['街道','提案',None,None,None],[None,'数量',None,'质量',None],[None,'收到','立案','优','良'],['拱辰',12,10,3,4],['西潞',9,8,2,5]],['A1:A3','B1:E1','B2:C2','D2:E2'])
b.save('10.xlsx'); case('10','10.xlsx','','{{ d | sum(attribute="提案/质量/良") }}','9')
# 11 hidden sheet + scratch
b=book([['街道','件数'],['拱辰',12],['西潞',9]]); ws=b.create_sheet('草稿'); ws['B3']='随手'; ws.sheet_state='hidden'
b.save('11.xlsx'); case('11','11.xlsx','','{{ d | sum(attribute="件数") }}','21')
# 12 side table with empty column
b=book([['街道','件数',None,'类别','数'],['拱辰',12,None,'经济',5],['西潞',9,None,'社会',6],['长阳',3,None,None,None]])
b.save('12.xlsx'); case('12','12.xlsx','','{{ d | sum(attribute="件数") }}','24')
case('12b','12.xlsx','range: D1:E3','{{ d | sum(attribute="数") }}','11')
# 13 xlsx table + defined name
from openpyxl.worksheet.table import Table
from openpyxl.workbook.defined_name import DefinedName
b=book([['说明'],[None],['街道','件数',None],['拱辰',12],['西潞',9],['别的',7]],name='数据'); ws=b.active
ws.add_table(Table(displayName='街道表',ref='A3:B5'))
b.defined_names['边']=DefinedName('边',attr_text="'数据'!$A$3:$B$4")
b.save('13.xlsx'); case('13','13.xlsx','table: 街道表','{{ d | sum(attribute="件数") }}','21'); case('13b','13.xlsx','name: 边','{{ d | sum(attribute="件数") }}','12')
# 14 budget: 款项 with indentation and blank row between
b=book([['2024年一般公共预算收入表',None,None],[None,None,'单位：万元'],['项  目','预算数','为上年%'],['一、税收收入',125000,1.052],['  增值税',80000,1.1],['  企业所得税',45000,0.98],['二、非税收入',25000,0.91],[None,None,None],['收入合计',150000,1.02]],['A1:C1'],{f'C{i}':'0.0%' for i in range(4,10)}|{f'B{i}':'#,##0' for i in range(4,10)})
b.save('14.xlsx'); case('14','14.xlsx','','{{ d[0].预算数 }} {{ d[1]["为上年%"] }} {{ d[4].预算数 }}','125,000 110.0% 150,000')
# 15 unnamed corner
b=book([[None,'2023','2022'],['粮食',12.5,11],['蔬菜',30,28.25]],fmts={'B2':'0.00','B3':'0.00','C2':'0.00','C3':'0.00'}); b.save('15.xlsx')
case('15','15.xlsx','','{{ d[0].名称 }} {{ d[1]["2022"] }} {{ d[0]["2023"] }}','粮食 28.25 12.50')
# 16 dates & 1904
import datetime
b=book([['会议','日期','时间'],['常委会',datetime.date(2024,1,8),datetime.time(9,30)],['全会',datetime.date(2024,3,5),datetime.time(14,0)]],fmts={'B2':'yyyy"年"m"月"d"日"','B3':'yyyy"年"m"月"d"日"','C2':'h:mm','C3':'h:mm'}); b.save('16.xlsx')
case('16','16.xlsx','','{{ d[0].日期 }} {{ d[1].时间 }}','2024年1月8日 14:00')
# 17 open data json-like csv with quotes and newlines in cells
w('17.csv','﻿序号,名称,地址\r\n001,"房山区""图书馆""","良乡\r\n西路3号"\r\n002,文化馆,拱辰大街\r\n'.encode())
case('17','17.csv','','{{ d[0].序号 }} {{ d[0].名称 }} {{ d[0].地址 }}','001 房山区"图书馆" 良乡西路3号')
# 18 none marks
w('18.csv','城市,专利\n甲,12\n乙,~\n丙,—\n丁,5\n'.encode())
case('18','18.csv','none: ["~","—"]','{{ d | sum(attribute="专利") }}','17')
# 19 xlsx all numbers as text
b=book([['城市','值'],['甲','1,234.5'],['乙','12']]); b.save('19.xlsx')
case('19','19.xlsx','columns: {值: {type: number}}','{{ d | sum(attribute="值") }}','1246.5')
# 20 formula without value
b=book([['城市','值'],['甲',5],['乙','=B2*2']]); b.save('20.xlsx')
case('20','20.xlsx','','{{ d | sum(attribute="值") }}','!20.xlsx[Sheet1]!B3')
# 21 error value
b=book([['城市','值'],['甲',5],['乙','#N/A']]); b.active['B3'].data_type='e'; b.save('21.xlsx')
case('21','21.xlsx','','{{ d | sum(attribute="值") }}','!21.xlsx[Sheet1]!B3')
# 22 stray far
b=book([['城市','值'],['甲',5],['乙',6]]); b.active['XFD1048576']='x'; b.save('22.xlsx')
case('22','22.xlsx','','{{ d | sum(attribute="值") }}','11')
# 23 several sheets
b=book([['街道','件数'],['拱辰',12]],name='一月'); ws=b.create_sheet('二月'); ws.append(['街道','件数']); ws.append(['拱辰',15]); b.save('23.xlsx')
case('23','23.xlsx','','{{ d.一月[0].件数 + d.二月[0].件数 }}','27'); case('23b','23.xlsx','sheet: 二月','{{ d[0].件数 }}','15')
# 24 xls
def xls(fn, f):
    wb=xlwt.Workbook(encoding='utf-8'); f(wb); wb.save(fn)
def f24(wb):
    ws=wb.add_sheet('指标'); st=lambda c: xlwt.easyxf(num_format_str=c)
    ws.write_merge(0,0,0,3,'表1 主要指标'); ws.write(1,0,'单位：亿元')
    ws.write_merge(2,3,0,0,'指标'); ws.write_merge(2,2,1,2,'总量'); ws.write(3,1,'今年'); ws.write(3,2,'去年'); ws.write_merge(2,3,3,3,'增速')
    ws.write(4,0,'产值'); ws.write(4,1,1234.5,st('#,##0.00')); ws.write(4,2,1100,st('#,##0.00')); ws.write(4,3,0.1223,st('0.0%'))
    ws.write(5,0,'投资'); ws.write(5,1,500,st('#,##0.00')); ws.write(5,2,520,st('#,##0.00')); ws.write(5,3,-0.0385,st('0.0%'))
    ws.write(6,0,'注：快报数。')
    h=wb.add_sheet('隐藏'); h.write(3,3,'x'); h.visibility=1
xls('24.xls',f24); case('24','24.xls','','{{ d[0]["总量/今年"] }} {{ d[1].增速 }}','1,234.50 -3.9%|1,234.50 -3.8%')
def f25(wb):
    ws=wb.add_sheet('日期'); ws.write(0,0,'会'); ws.write(0,1,'日'); ws.write(1,0,'甲'); ws.write(1,1,45299,xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')); ws.write(65535,255,'远')
    ws.write(2,0,'乙'); ws.write(2,1,xlwt.Formula('B2+1'),xlwt.easyxf(num_format_str='0'))
xls('25.xls',f25); case('25','25.xls','','{{ d[0].日 }}','2024年1月8日'); case('25b','25.xls','','{{ d[1].日 }}','!25.xls[日期]!B3')
# 26 tsv named xls, GBK
w('26.xls','街道\t件数\r\n拱辰\t12\r\n西潞\t9\r\n'.encode('gbk')); case('26','26.xls','','{{ d | sum(attribute="件数") }}','21')
# 27 html named xls
w('27.xls','<html><table><tr><td>街道</td></tr></table></html>'.encode()); case('27','27.xls','','{{ d }}','!27.xls')
# 28 ods by odfpy
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as T, TableRow, TableCell, CoveredTableCell
from odf.text import P
def ods(fn, rows, name='表'):
    doc=OpenDocumentSpreadsheet(); t=T(name=name); doc.spreadsheet.addElement(t)
    for r in rows:
        tr=TableRow(); t.addElement(tr)
        for c in r:
            if c is None: tr.addElement(TableCell()); continue
            if isinstance(c,str): tc=TableCell(valuetype='string'); tc.addElement(P(text=c))
            else:
                v,s=c; tc=TableCell(valuetype='float',value=v); tc.addElement(P(text=s))
            tr.addElement(tc)
    doc.save(fn)
ods('28.ods',[['指标','值'],['甲',(1234.5,'1,234.50')],['乙',(0.125,'12.5%')],['注：快报。']])
case('28','28.ods','','{{ d[0].值 }} {{ d[1].值 }} {{ d[0].值 * 2 }}','1,234.50 12.5% 2469.00|1,234.50 12.5% 2469')
# 29 xlsx unknown format
b=book([['名','值'],['甲',0.5]],fmts={'B2':'[DBNum2]# ?/?'}); b.save('29.xlsx'); case('29','29.xlsx','','{{ d[0].值 }}','!29.xlsx[Sheet1]!B2')
# wrong options
case('w1','07.csv','sheet: 表','{{ d }}','!sheet'); case('w2','13.xlsx','table: 街到表','{{ d }}','!街道表'); case('w3','13.xlsx','encoding: gbk','{{ d }}','!encoding'); case('w4','13.xlsx','name: 边边','{{ d }}','!边'); case('w5','05.csv','encoding: utf-99','{{ d }}','!编码')

# 30 on: signed rows, quotation marks, separators, heads without merged cells, merged rows, units, other tables
w('30.csv','地区,产值,增速\n甲,100,5.2\n乙,200,4.8\n,,\n填表人：张三,,联系电话：81312345\n'.encode()); case('30','30.csv','','{{ d | sum(attribute="产值") }}','300')
w('31.csv','单位,名称\n甲,"""首都""工程"\n乙,他说"好"\n丙,12"屏\n丁,"a,b"\n'.encode()); case('31','31.csv','','{{ d[2].名称 }}','12"屏')
w('32.txt','街道|件数\n拱辰|12\n西潞|9\n'.encode()); case('32','32.txt','','{{ d | sum(attribute="件数") }}','21')
w('33.csv','街道，件数\n拱辰，12\n西潞，9\n'.encode()); case('33','33.csv','','{{ d }}','!33.csv')
w('34.csv','sep=;\n街道;件数\n拱辰;12\n西潞;9,5\n'.encode()); case('34','34.csv','','{{ d[1].件数 }}','9,5')
w('35.csv','会,日\n甲,2024-1-8\n丁,20240108\n庚,２０２４年１月８日\n'.encode()); case('35','35.csv','columns: {日: {type: date}}','{{ d[2].日 }}','2024年1月8日')
w('36.csv','街道,提案,,办结率\n,收到,立案,\n拱辰,12,10,83.3\n西潞,9,8,88.9\n'.encode()); case('36','36.csv','','{{ d | sum(attribute="提案/收到") }}','21')
w('37.csv','地区\t2023\t2022\n甲\t1,234\t1,111\n乙\t2,345\t2,222\n'.encode()); case('37','37.csv','columns: {2023: {type: number}}','{{ d | sum(attribute="2023") }}','3579')
w('38.csv','地区;产值\n甲;1234,5\n乙;2,5\n'.encode()); case('38','38.csv','','{{ d[0].产值 }}','1234,5')
w('39.csv','<html><body>404</body></html>'.encode()); case('39','39.csv','','{{ d }}','!39.csv')
b=book([['片区','街道','件数'],['东片','拱辰',12],[None,'西潞',9],['西片','长阳',3],[None,'窦店',4]],['A2:A3','A4:A5']); b.save('40.xlsx'); case('40','40.xlsx','','{{ d | selectattr("片区", "eq", "东片") | sum(attribute="件数") }}','21')
b=book([['地区','产值','增速'],[None,'亿元','%'],['甲',10,6],['乙',11,6]]); b.save('41.xlsx'); case('41','41.xlsx','','{{ d | sum(attribute="产值") }}','21')
b=book([['表1 产值',None],['地区','产值'],['甲',10],['乙',11],[None,None],['表2 类别',None],['类别','数'],['x',1],['y',2]]); b.save('42.xlsx'); case('42','42.xlsx','','{{ d | sum(attribute="产值") }}','21')
b=book([['产值表',None,None],['房山区','2024年12月','亿元、%'],['地区','产值','增速'],['甲',10,5.1],['乙',11,5.2]]); b.save('43.xlsx'); case('43','43.xlsx','','{{ d | sum(attribute="产值") }}','21')
b=book([['地区','产值','增速'],['甲',10,5.1],['乙',11,5.2],[None,None,None],['单位负责人：王五','填表人：赵六','报出日期：2024年1月8日']]); b.save('44.xlsx'); case('44','44.xlsx','','{{ d | sum(attribute="产值") }}','21')
b=book([['名','是否'],['甲',True],['乙',False]]); b.save('45.xlsx'); case('45','45.xlsx','','{{ d[0].是否 }}','TRUE')
b=book([['地区','产值','备注'],['甲',5,None],['乙',6,None],['①数据为快报',None,None],['②不含甲',None,None]]); b.save('46.xlsx'); case('46','46.xlsx','','{{ d | length }}','2')
w('47.csv','项目,金额,比例\n甲,1,50\n乙,1,50\n备注：,,\n1、一,,\n2、二,,\n'.encode()); case('47','47.csv','','{{ d | length }}','2')
w('48.csv','地区,代码\n甲,001\n乙,="002"\n'.encode()); case('48','48.csv','','{{ d[1].代码 }}','002')
w('49.csv',',表号：A101\n,制定机关：国家统计局\n综合机关名称：区统计局,2024年\n指标名称,数量\n甲,1\n'.encode()); case('49','49.csv','','{{ d[0].数量 }}','1')
w('50.csv','项目,金额\n统计局,10\n审核处,5\n说明科,\n'.encode()); case('50','50.csv','','{{ d | length }}','3')
b=book([['街道','件数','内部'],['拱辰',12,'x'],['隐藏行',99,'y'],['西潞',9,'z']]); b.active.row_dimensions[3].hidden=True; b.active.column_dimensions['C'].hidden=True; b.save('51.xlsx'); case('51','51.xlsx','','{{ d | sum(attribute="件数") }}','120')
w('52.csv','名,值\n"甲"区"一",1\n乙,2\n'.encode()); case('52','52.csv','','{{ d[0].名 }}','甲区"一"')
