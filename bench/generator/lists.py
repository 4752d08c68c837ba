"""What stands in the lists: no cell has a comma, a quote or a line in it."""
import random

ITEMS = ["unit", "subject", "text", "reader"]
SOFTWARE = ["asset", "name", "version", "publisher"]

SUBJECTS = ["期中教学检查安排", "教研活动通报", "校园安全月工作要点", "教材征订统计", "家长开放日安排", "期末复习要求", "校车线路调整说明", "课后服务意见征集"]
TEXTS = ["请各工作点按附后安排办理。", "请于月底前报信息室。", "各部门负责人阅办。", "请传达到每位教师。"]
MAKERS = ["Igor Pavlov", "Kingsoft", "Microsoft Corporation", "Mozilla", "某公司", "Adobe Inc.", "Oracle Corporation"]
PROGRAMS = ["7-Zip", "WPS Office", "Visual Studio Code", "Firefox", "看图工具", "输入法", "Java Runtime", "打印驱动", "压缩助手", "会议客户端"]
BITS = ["", " (x64)", " 64-bit"]


def items(rows, seed):
    """Units and readers are numbers: whoever reads the list deals them out among those that there are."""
    dice = random.Random(seed)
    for number in range(rows):
        subject = f"{dice.choice(SUBJECTS)}{number}"
        yield [str(dice.randrange(1_000_000)), subject, dice.choice(TEXTS), str(dice.randrange(10_000_000))]


def software(rows, seed):
    """Thirty programs a computer; names carry versions and architectures as installers write them."""
    dice = random.Random(seed)
    for number in range(rows):
        version = f"{dice.randrange(1, 30)}.{dice.randrange(20)}.{dice.randrange(100)}"
        name = f"{dice.choice(PROGRAMS)} {dice.randrange(200)} {version}{dice.choice(BITS)}"
        yield [f"PC{1_000_000 + number // 30}", name, version, dice.choice(MAKERS)]
