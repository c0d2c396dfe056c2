using System.Globalization;

namespace Tarn.Testing.Tpch;

/// <summary>
/// TPC-H's tables at a scale factor: sizes, keys, value sets and dependencies of clause 4.2 of its specification, with
/// hashes for random numbers and shorter comments. Not dbgen's rows, so its published answers do not apply.
/// </summary>
public static class TpchTables
{
    private const string Money = "decimal(15,2)";

    /// <summary>Statements that a DuckDB session needs before it can run the tables' queries.</summary>
    public const string Macros = """
        CREATE OR REPLACE TEMP MACRO pick(i, salt, low, high) AS
            low + CAST(hash(i, salt) % CAST(high - low + 1 AS UBIGINT) AS BIGINT);
        CREATE OR REPLACE TEMP MACRO word(i, salt, words) AS words[CAST(pick(i, salt, 1, len(words)) AS INTEGER)];
        CREATE OR REPLACE TEMP MACRO cents(i, salt, low, high) AS
            CAST(CAST(pick(i, salt, low, high) AS DECIMAL(15,0)) / 100 AS DECIMAL(15,2));
        CREATE OR REPLACE TEMP MACRO digits(i, salt, low, high) AS CAST(pick(i, salt, low, high) AS VARCHAR);
        CREATE OR REPLACE TEMP MACRO phone(i, nation) AS concat(CAST(nation + 10 AS VARCHAR), '-',
            digits(i, 'p1', 100, 999), '-', digits(i, 'p2', 100, 999), '-', digits(i, 'p3', 1000, 9999));
        CREATE OR REPLACE TEMP MACRO price(part) AS
            CAST((90000 + (part // 10) % 20001 + 100 * (part % 1000)) / CAST(100 AS DECIMAL(15,2)) AS DECIMAL(15,2));
        CREATE OR REPLACE TEMP MACRO supplier_of(part, n, suppliers) AS
            (part + n * (suppliers // 4 + (part - 1) // suppliers)) % suppliers + 1;
        CREATE OR REPLACE TEMP MACRO prose(i, salt) AS concat(
            word(i, salt || 'a', ['quickly', 'slyly', 'furiously', 'carefully']), ' ',
            word(i, salt || 'b', ['special', 'final', 'regular', 'ironic', 'bold', 'express', 'pending']), ' ',
            word(i, salt || 'c', ['deposits', 'accounts', 'requests', 'packages', 'theodolites']), ' ',
            word(i, salt || 'd', ['sleep', 'haggle', 'nag', 'wake', 'cajole', 'boost']));
        """;

    private const string Colours =
        "['almond', 'antique', 'azure', 'blue', 'brown', 'chocolate', 'cream', 'cyan', 'forest', 'green', 'ivory', "
        + "'khaki', 'lemon', 'linen', 'magenta', 'maroon', 'navy', 'olive', 'orange', 'peach', 'plum', 'red', 'rose', "
        + "'royal', 'salmon', 'sienna', 'sky', 'snow', 'steel', 'tan', 'tomato', 'violet', 'wheat', 'yellow']";

    private const string Nations =
        "[('ALGERIA', 0), ('ARGENTINA', 1), ('BRAZIL', 1), ('CANADA', 1), ('EGYPT', 4), ('ETHIOPIA', 0), "
        + "('FRANCE', 3), ('GERMANY', 3), ('INDIA', 2), ('INDONESIA', 2), ('IRAN', 4), ('IRAQ', 4), ('JAPAN', 2), "
        + "('JORDAN', 4), ('KENYA', 0), ('MOROCCO', 0), ('MOZAMBIQUE', 0), ('PERU', 1), ('CHINA', 2), ('ROMANIA', 3), "
        + "('SAUDI ARABIA', 4), ('VIETNAM', 2), ('RUSSIA', 3), ('UNITED KINGDOM', 3), ('UNITED STATES', 1)]";

    /// <param name="scale">1 is a gigabyte of text.</param>
    public static IReadOnlyList<TpchTable> At(double scale)
    {
        var suppliers = Count(10_000, scale);
        var parts = Count(200_000, scale);
        var customers = Count(150_000, scale);
        var orders = Count(1_500_000, scale);
        return
        [
            Region(),
            Nation(),
            Supplier(suppliers),
            Part(parts),
            PartSupp(parts, suppliers),
            Customer(customers),
            Orders(orders, customers, parts),
            LineItem(orders, parts, suppliers),
        ];
    }

    private static long Count(long atScaleOne, double scale) => Math.Max(10, (long)(atScaleOne * scale));

    private static TpchTable Region() => new(
        "region",
        "r_regionkey bigint; r_name string; r_comment string",
        """
        SELECT i - 1, ['AFRICA', 'AMERICA', 'ASIA', 'EUROPE', 'MIDDLE EAST'][i], prose(i, 'r') FROM range(1, 6) t(i)
        """);

    private static TpchTable Nation() => new(
        "nation",
        "n_nationkey bigint; n_name string; n_regionkey bigint; n_comment string",
        $"""
        SELECT i - 1, n[1], CAST(n[2] AS BIGINT), prose(i, 'n')
        FROM (SELECT i, ({Nations})[i] AS n FROM range(1, 26) t(i))
        """);

    private static TpchTable Supplier(long suppliers) => new(
        "supplier",
        $"s_suppkey bigint; s_name string; s_address string; s_nationkey bigint; s_phone string; s_acctbal {Money}; "
            + "s_comment string",
        $"""
        SELECT i, printf('Supplier#%09d', i), concat('address ', digits(i, 'sa', 1, 99999)), pick(i, 'sn', 0, 24),
            phone(i, pick(i, 'sn', 0, 24)), cents(i, 'sb', -99999, 999999),
            CASE WHEN i % 50 = 7 THEN 'slyly Customer express Complaints' ELSE prose(i, 's') END
        FROM range(1, {Text(suppliers + 1)}) t(i)
        """);

    private static TpchTable Part(long parts) => new(
        "part",
        "p_partkey bigint; p_name string; p_mfgr string; p_brand string; p_type string; p_size int; "
            + $"p_container string; p_retailprice {Money}; p_comment string",
        $"""
        SELECT i, concat_ws(' ', word(i, 'c1', {Colours}), word(i, 'c2', {Colours}), word(i, 'c3', {Colours})),
            concat('Manufacturer#', digits(i, 'pm', 1, 5)),
            concat('Brand#', digits(i, 'pm', 1, 5), digits(i, 'pb', 1, 5)),
            concat_ws(' ', word(i, 't1', ['STANDARD', 'SMALL', 'MEDIUM', 'LARGE', 'ECONOMY', 'PROMO']),
                word(i, 't2', ['ANODIZED', 'BURNISHED', 'PLATED', 'POLISHED', 'BRUSHED']),
                word(i, 't3', ['TIN', 'NICKEL', 'BRASS', 'STEEL', 'COPPER'])),
            CAST(pick(i, 'ps', 1, 50) AS INTEGER),
            concat_ws(' ', word(i, 'o1', ['SM', 'LG', 'MED', 'JUMBO', 'WRAP']),
                word(i, 'o2', ['CASE', 'BOX', 'BAG', 'JAR', 'PKG', 'PACK', 'CAN', 'DRUM'])),
            price(i), prose(i, 'p')
        FROM range(1, {Text(parts + 1)}) t(i)
        """);

    private static TpchTable PartSupp(long parts, long suppliers) => new(
        "partsupp",
        $"ps_partkey bigint; ps_suppkey bigint; ps_availqty int; ps_supplycost {Money}; ps_comment string",
        $"""
        SELECT i, supplier_of(i, n, {Text(suppliers)}), CAST(pick(i * 4 + n, 'pa', 1, 9999) AS INTEGER),
            cents(i * 4 + n, 'pc', 100, 100000), prose(i * 4 + n, 'ps')
        FROM range(1, {Text(parts + 1)}) t(i), range(0, 4) u(n)
        """);

    private static TpchTable Customer(long customers) => new(
        "customer",
        $"c_custkey bigint; c_name string; c_address string; c_nationkey bigint; c_phone string; c_acctbal {Money}; "
            + "c_mktsegment string; c_comment string",
        $"""
        SELECT i, printf('Customer#%09d', i), concat('address ', digits(i, 'ca', 1, 99999)), pick(i, 'cn', 0, 24),
            phone(i, pick(i, 'cn', 0, 24)), cents(i, 'cb', -99999, 999999),
            word(i, 'cm', ['AUTOMOBILE', 'BUILDING', 'FURNITURE', 'MACHINERY', 'HOUSEHOLD']), prose(i, 'c')
        FROM range(1, {Text(customers + 1)}) t(i)
        """);

    private static TpchTable Orders(long orders, long customers, long parts) => new(
        "orders",
        $"o_orderkey bigint; o_custkey bigint; o_orderstatus string; o_totalprice {Money}; o_orderdate date; "
            + "o_orderpriority string; o_clerk string; o_shippriority int; o_comment string",
        $"""
        SELECT o, any_value(customer),
            CASE WHEN bool_and(status = 'F') THEN 'F' WHEN bool_and(status = 'O') THEN 'O' ELSE 'P' END,
            CAST(sum(extended * (1 + tax) * (1 - discount)) AS DECIMAL(15,2)), any_value(ordered),
            word(o, 'op', ['1-URGENT', '2-HIGH', '3-MEDIUM', '4-NOT SPECIFIED', '5-LOW']),
            printf('Clerk#%09d', pick(o, 'oc', 1, 1000)), CAST(0 AS INTEGER), prose(o, 'o')
        FROM (SELECT *, pick(o, 'ok', 0, {Text(customers)} // 3 * 2 - 1) // 2 * 3
                + pick(o, 'ok', 0, {Text(customers)} // 3 * 2 - 1) % 2 + 1 AS customer FROM ({Lines(orders, parts)}))
        GROUP BY o
        """);

    private static TpchTable LineItem(long orders, long parts, long suppliers) => new(
        "lineitem",
        $"l_orderkey bigint; l_partkey bigint; l_suppkey bigint; l_linenumber int; l_quantity {Money}; "
            + $"l_extendedprice {Money}; l_discount {Money}; l_tax {Money}; l_returnflag string; l_linestatus string; "
            + "l_shipdate date; l_commitdate date; l_receiptdate date; l_shipinstruct string; l_shipmode string; "
            + "l_comment string",
        $"""
        SELECT o, part, supplier_of(part, pick(id, 'ls', 0, 3), {Text(suppliers)}), CAST(line AS INTEGER),
            CAST(quantity AS DECIMAL(15,2)), CAST(extended AS DECIMAL(15,2)), discount, tax,
            CASE WHEN received <= DATE '1995-06-17' THEN word(id, 'lr', ['R', 'A']) ELSE 'N' END, status,
            shipped, committed, received,
            word(id, 'li', ['DELIVER IN PERSON', 'COLLECT COD', 'NONE', 'TAKE BACK RETURN']),
            word(id, 'lm', ['REG AIR', 'AIR', 'RAIL', 'SHIP', 'TRUCK', 'MAIL', 'FOB']), prose(id, 'l')
        FROM (SELECT *, shipped + CAST(pick(id, 'lv', 1, 30) AS INTEGER) AS received FROM ({Lines(orders, parts)}))
        """);

    /// <summary>What orders and their lines have in common.</summary>
    private static string Lines(long orders, long parts) =>
        $"""
        SELECT *, quantity * price(part) AS extended,
            CASE WHEN shipped > DATE '1995-06-17' THEN 'O' ELSE 'F' END AS status
        FROM (
            SELECT o, line, o * 8 + line AS id, ordered, pick(o * 8 + line, 'lp', 1, {Text(parts)}) AS part,
                CAST(pick(o * 8 + line, 'lq', 1, 50) AS DECIMAL(15,0)) AS quantity,
                cents(o * 8 + line, 'ld', 0, 10) AS discount, cents(o * 8 + line, 'lt', 0, 8) AS tax,
                ordered + CAST(pick(o * 8 + line, 'lh', 1, 121) AS INTEGER) AS shipped,
                ordered + CAST(pick(o * 8 + line, 'lc', 30, 90) AS INTEGER) AS committed
            FROM (
                SELECT i // 8 * 32 + i % 8 AS o, DATE '1992-01-01' + CAST(pick(i, 'od', 0, 2405) AS INTEGER) AS ordered
                FROM range(1, {Text(orders + 1)}) t(i)), range(1, 8) u(line)
            WHERE line <= pick(o, 'ol', 1, 7))
        """;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
