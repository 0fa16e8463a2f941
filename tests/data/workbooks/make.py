"""Makes the workbooks and encoded texts of `good` and `bad`. Run in `tests/data`.

Python 3.11, openpyxl 3.1.5, xlwt 1.3.0, odfpy is not used (the ODS files are written by hand, as
LibreOffice writes them), msoffcrypto-tool 6.1.0. Everybody in them is invented.
"""
import datetime, io, struct, zipfile
import openpyxl, xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

ID = ["000000199001010018", "00000019850203002X", "000000197512310035"]
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
def checked(body): return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS)) % 11]
ID = [checked("00000019900101001"), checked("00000019850203002"), checked("00000019751231003")]

# --- good: titles, a blank row, groups over their columns, every kind of cell
book = openpyxl.Workbook()
note = book.active; note.title = "填表说明"
note["A1"] = "一户一行"
sheet = book.create_sheet("民情台账")
sheet["A1"] = "示范街道民情台账"; sheet.merge_cells("A1:L1")
sheet["A2"] = "填报单位：示范社区"; sheet["D2"] = "日期：2026-10-01"
for column, text in zip("ABCDEFGHIJKL", ["户编号", "户主姓名", "身份证号", "联系电话", "家庭情况", None, None, "经度", "纬度", "独居", "最近走访日期", "备注"]):
    sheet[f"{column}4"] = text
for column, text in zip("EFG", ["人口数", "老年人数", "月收入（元）"]): sheet[f"{column}5"] = text
sheet.merge_cells("E4:G4")
for column in "ABCDHIJKL": sheet.merge_cells(f"{column}4:{column}5")
rows = [
    ("0001", "示范甲", ID[0], 19900000001, 3, 1, 1200.5, 121.266561, 30.170261, True, datetime.date(2026, 10, 1), "第一行\n第二行, “引号\"”"),
    ("0002", "示范乙", ID[1], "19900000002", 2.0, 0, 0.1 + 0.2, 121.3, 30.2, False, datetime.datetime(2026, 9, 30, 14, 30), None),
    ("0003", "示范丙", ID[2], "0574-63000000", 1, 1, 800, 121.31, 30.21, "是", "2026年9月1日", None),
]
for at, row in enumerate(rows, 6):
    for column, value in enumerate(row, 1): sheet.cell(at, column, value)
sheet["K6"].number_format = 'yyyy"年"m"月"d"日"'
sheet["L7"] = CellRichText("富", TextBlock(InlineFont(b=True), "文本"))
hidden = book.create_sheet("存档"); hidden.sheet_state = "hidden"
for row in [["户编号", "户主姓名", "地址", "经度", "纬度", "备注"], ["9", "x", "y", 1, 2, "z"]]: hidden.append(row)
book.save("good/titles_and_groups.xlsx")

book = openpyxl.Workbook(); book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
sheet = book.active
sheet.append(["户编号", "经度", "纬度", "最近走访日期"])
sheet.append(["1", 121.1, 30.1, datetime.date(2026, 10, 1)])
book.save("good/days_since_1904.xlsx")

# --- good: a number merged over the rows that it means
book = openpyxl.Workbook(); sheet = book.active
sheet.append(["网格编码", "户编号", "户主姓名", "经度", "纬度"])
for row in [["330282001001", "1", "示范甲", 121.1, 30.1], [None, "2", "示范乙", 121.2, 30.2], [None, "3", "示范丙", 121.3, 30.3], ["330282001002", "4", "示范丁", 121.4, 30.4]]: sheet.append(row)
sheet.merge_cells("A2:A4")
book.save("good/merged_downwards.xlsx")

# --- good: Excel 97
book = xlwt.Workbook(encoding="utf-8")
book.add_sheet("说明").write(0, 0, "x")
sheet = book.add_sheet("台账")
sheet.write_merge(0, 0, 0, 6, "示范街道民情台账")
for column, text in enumerate(["网格编码", "户编号", "户主姓名", "月收入", "经度", "纬度", "最近走访日期"]): sheet.write(1, column, text)
day = xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')
sheet.write_merge(2, 3, 0, 0, "330282001001")
for at, row in enumerate([("0001", "示范甲", 1200.5, 121.266561, 30.170261, datetime.date(2026, 10, 1)), ("0002", "示范乙" * 3000, 3, 121.3, 30.2, datetime.date(2026, 9, 30))]):
    for column, value in enumerate(row, 1): sheet.write(at + 2, column, value, day if column == 6 else xlwt.Style.default_style)
book.save("good/excel_97.xls")

# --- good: OpenDocument, written as LibreOffice writes it
NS = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
def ods(path, styles, tables, manifest=""):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        def put(name, text, how=zipfile.ZIP_DEFLATED): out.writestr(zipfile.ZipInfo(name, (2026, 10, 1, 0, 0, 0)), text, how)
        put("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        put("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {NS} office:version="1.3"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>')
        put("META-INF/manifest.xml", f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet">{manifest}</manifest:file-entry></manifest:manifest>')
def text(value, more=""): return f'<table:table-cell office:value-type="string"{more}><text:p>{value}</text:p></table:table-cell>'
def real(value): return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
def row(*cells, more=""): return f'<table:table-row{more}>{"".join(cells)}</table:table-row>'
ods("good/libreoffice.ods",
    '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>',
    '<table:table table:name="存档" table:style-name="ta2">' + row(*[text(t) for t in ["户编号", "户主姓名", "经度", "纬度", "网格编码", "独居", "最近走访日期", "备注"]]) + row(text("8"), text("x")) + '</table:table>'
    '<table:table table:name="台账" table:style-name="ta1"><table:table-column table:number-columns-repeated="1024"/>'
    + row(text("示范街道 &amp; 台账", ' table:number-columns-spanned="7"'), '<table:covered-table-cell table:number-columns-repeated="6"/>')
    + row('<table:table-cell table:number-columns-repeated="1024"/>', more=' table:number-rows-repeated="2"')
    + row(*[text(t) for t in ["网格编码", "户编号", "户主姓名", "经度", "纬度", "独居", "最近走访日期", "备注"]])
    + row(text("330282001001", ' table:number-rows-spanned="2"'), text("0001"), text("示范甲"), real("121.266561"), real("30.170261"),
          '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>',
          '<table:table-cell office:value-type="date" office:date-value="2026-10-01"><text:p>2026年10月1日</text:p></table:table-cell>',
          '<table:table-cell office:value-type="string"><office:annotation><dc:creator>某</dc:creator><text:p>批注</text:p></office:annotation><text:p>第一<text:s text:c="2"/>行</text:p><text:p>第<text:span>二</text:span>行</text:p></table:table-cell>',
          '<table:table-cell table:number-columns-repeated="1016"/>')
    + row('<table:covered-table-cell/>', text("0002"), text("示范乙"), real("121.3"), real("30.2"), '<table:table-cell table:number-columns-repeated="2"/>', text("x"))
    + row('<table:table-cell table:number-columns-repeated="1024"/>', more=' table:number-rows-repeated="1048569"')
    + '</table:table>')

# --- good: texts as other programs save them
ledger = "户编号\t户主姓名\t地址\t经度\t纬度\r\n1\t示范甲\t示范路1号\t121.1\t30.1\r\n2\t示范乙\t示范路2号\t121.2\t30.2\r\n"
open("good/excel_unicode_text.txt", "wb").write(b"\xff\xfe" + ledger.encode("utf-16-le"))
open("good/utf16_without_mark.txt", "wb").write(ledger.encode("utf-16-be"))
open("good/a_text_named.xls", "wb").write(ledger.encode("gbk"))
open("good/big5.csv", "wb").write("household_id,姓名,地址,lon,lat\r\n1,示範甲,中正路1號,121.1,30.1\r\n2,示範乙,文化路2號,121.2,30.2\r\n".encode("big5"))
open("good/blank_cells_only.csv", "wb").write("示范街道民情台账,,,\n填报人：某某,,,\n户编号,户主姓名,经度,纬度\n1,示范甲,121.1,30.1\n,,,\n\"\",\"\",,\n2,示范乙,121.2,30.2\n,,,\n".encode())

# --- bad
book = openpyxl.Workbook(); sheet = book.active
sheet.append(["户编号", "户主姓名", "身份证号", "月收入", "经度", "纬度"])
sheet.append(["1", "示范甲", int(ID[0].replace("X", "0")) + 330282 * 10 ** 12, 3, 121.1, 30.1])
sheet.append(["2", "#N/A", None, "=1/0", 121.1, 30.1])
sheet["B3"].data_type = "e"
sheet.append([None, "合计", None, 3])
book.save("bad/digits_and_errors.xlsx")

whole = open("good/titles_and_groups.xlsx", "rb").read()
open("bad/cut.xlsx", "wb").write(whole[:len(whole) // 2])
open("bad/zero.xlsx", "wb").write(b"")
whole = open("good/excel_97.xls", "rb").read()
open("bad/cut.xls", "wb").write(whole[:len(whole) // 3])

def xlsx(path, sheet, strings=None):
    """A workbook of one sheet, as small as it can be; `sheet` gives pieces of its text."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        def put(name, text): out.writestr(zipfile.ZipInfo(name, (2026, 10, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
        put("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>')
        put("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        put("xl/workbook.xml", '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>')
        put("xl/_rels/workbook.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
        if strings: put("xl/sharedStrings.xml", strings)
        info = zipfile.ZipInfo("xl/worksheets/sheet1.xml", (2026, 10, 1, 0, 0, 0)); info.compress_type = zipfile.ZIP_DEFLATED
        with out.open(info, "w") as entry:
            for piece in sheet: entry.write(piece)
def inline(ref, value): return f'<c r="{ref}" t="inlineStr"><is><t>{value}</t></is></c>'.encode()
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>'
TABLE = b'<row r="1">' + inline("A1", "户编号") + inline("B1", "经度") + inline("C1", "纬度") + b'</row><row r="2">' + inline("A2", "1") + b'<c r="B2"><v>121.1</v></c><c r="C2"><v>30.1</v></c></row>'
xlsx("bad/far_corner.xlsx", [HEAD, TABLE, b'<row r="1048576">', inline("XFD1048576", "x"), b"</row></sheetData></worksheet>"])
xlsx("bad/bomb.xlsx", [HEAD, TABLE] + [b" " * (1 << 20)] * 100 + [b"</sheetData></worksheet>"])
xlsx("bad/claims_many_texts.xlsx", [HEAD, TABLE, b"</sheetData></worksheet>"], '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="99999999999"><si><t>x</t></si></sst>')
xlsx("bad/sheet_cut_inside.xlsx", [HEAD, TABLE, b'<row r="3"><c r="A3"><v>2'])
many = row(*['<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'], more=' table:number-rows-repeated="1000000"')
ods("bad/repeats.ods", "", '<table:table table:name="a">' + row(*[text(t) for t in ["户编号", "经度", "纬度"]]) + many * 50 + '</table:table>')
ods("bad/encrypted.ods", "", "", '<manifest:encryption-data manifest:checksum="x"/>')
open("bad/web_page.xls", "wb").write("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=gbk></head><body><table><tr><td>户编号</td><td>经度</td></tr><tr><td>1</td><td>121</td></tr></table></body></html>".encode("gbk"))

import msoffcrypto.format.ooxml as ooxml
sealed = io.BytesIO()
ooxml.OOXMLFile(open("good/days_since_1904.xlsx", "rb")).encrypt("secret", sealed)
open("bad/encrypted.xlsx", "wb").write(sealed.getvalue())
