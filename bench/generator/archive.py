"""Customer files of an archive with what their attachments say: one line a file, five texts each.

Names are two characters of a place or a wish, two of a trade and a suffix, so that a question of two characters finds from a few to a few hundred
of them; the texts are strings of two-character words.
"""
import numpy as np

from .columns import Dice, Line, pick, table

HEADER = "customer,kind,region,keywords,secrecy,text1,text2,text3,text4,text5\n"
TEXTS = 5
WORDS_A_TEXT = 24
FILES_A_CHUNK = 20_000

FIRST = "华 新 金 安 明 海 远 联 永 丰 诚 同 百 万 东 南 西 北 中 和 恒 嘉 瑞 泰 盛 兴 宏 广 大 天 长 德 福 利 达 信 立 友 正 源".split()
SECOND = "信 合 桥 诚 正 川 景 信 泰 年 朴 源 顺 通 方 山 湖 江 原 润 丰 禾 祥 康 业 旺 图 厦 洋 成 城 胜 星 群 昌 邦 人 联 道 泉".split()
TRADES = "商贸 实业 广告 公关 律师 财务 保险 银行 物流 建材 食品 医药 纺织 机电 印刷 旅游 农业 软件 家具 茶叶".split()
SUFFIXES = "行 公司 事务所 中心 商行 集团".split()
NAMES = table([first + second for first in FIRST for second in SECOND])
KINDS = table(["dealer", "lawyer", "adviser", "advertising", "public-relations", "bank", "insurer"])
REGIONS = table("广州 深圳 佛山 东莞 中山 珠海 上海 杭州 宁波 苏州 南京 武汉 长沙 成都 重庆 西安 北京 天津".split())
# One file in ten is classified, and hidden from most.
LEVELS = table(["internal"] * 7 + ["public"] * 2 + ["secret"])
WORDS = table(
    "合同 付款 交货 验收 质量 违约 保密 商标 授权 价格 折扣 账期 发票 订单 库存 运输 保险 索赔 仲裁 诉讼 公章 法人 股东 董事 章程 年报 审计 税务 社保 "
    "员工 培训 会议 纪要 函件 回复 附件 清单 图纸 样品 型号 规格 数量 单位 金额 大写 小写 日期 地点 电话 邮编".split())


def write(rows, seed, path):
    """Writes the file chunk by chunk; the same rows and seed give the same bytes."""
    dice = Dice(seed)
    with open(path, "wb") as out:
        out.write(HEADER.encode())
        for first in range(0, rows, FILES_A_CHUNK):
            out.write(chunk(dice, np.arange(first, min(first + FILES_A_CHUNK, rows), dtype=np.int64)))


def chunk(dice, row):
    def dealt(words, purpose):
        return pick(words, dice(row, purpose, len(words)))

    line = Line(len(row)).put(dealt(NAMES, "name"), dealt(table(TRADES), "trade"), dealt(table(SUFFIXES), "suffix")).comma()
    for words, purpose in ((KINDS, "kind"), (REGIONS, "region"), (WORDS, "keyword"), (LEVELS, "level")):
        line.put(dealt(words, purpose)).comma()
    for text in range(TEXTS):
        line.put(*[dealt(WORDS, f"text {text} {place}") for place in range(WORDS_A_TEXT)])
        line.text("\n" if text == TEXTS - 1 else ",")
    return line.bytes()
