using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Tests;

/// <summary>TPC-H's 22 queries over their schema: each is typed and translated whole.</summary>
public sealed class TpchTranslationTests
{
    private static readonly Dictionary<string, TableSchema> Tables = new[]
    {
        "part: p_partkey i, p_name s, p_mfgr s, p_brand s, p_type s, p_size n, p_container s, p_retailprice d, "
            + "p_comment s",
        "supplier: s_suppkey i, s_name s, s_address s, s_nationkey i, s_phone s, s_acctbal d, s_comment s",
        "partsupp: ps_partkey i, ps_suppkey i, ps_availqty n, ps_supplycost d, ps_comment s",
        "customer: c_custkey i, c_name s, c_address s, c_nationkey i, c_phone s, c_acctbal d, "
            + "c_mktsegment s, c_comment s",
        "orders: o_orderkey i, o_custkey i, o_orderstatus s, o_totalprice d, o_orderdate t, o_orderpriority s, "
            + "o_clerk s, o_shippriority n, o_comment s",
        "lineitem: l_orderkey i, l_partkey i, l_suppkey i, l_linenumber n, l_quantity d, l_extendedprice d, "
            + "l_discount d, l_tax d, l_returnflag s, l_linestatus s, l_shipdate t, l_commitdate t, l_receiptdate t, "
            + "l_shipinstruct s, l_shipmode s, l_comment s",
        "nation: n_nationkey i, n_name s, n_regionkey i, n_comment s",
        "region: r_regionkey i, r_name s, r_comment s",
    }.Select(Schema).ToDictionary(table => table.Name);

    public static TheoryData<int, int> Queries => new()
    {
        { 1, 10 }, { 2, 8 }, { 3, 4 }, { 4, 2 }, { 5, 2 }, { 6, 1 }, { 7, 4 }, { 8, 2 }, { 9, 3 }, { 10, 8 }, { 11, 2 },
        { 12, 3 }, { 13, 2 }, { 14, 1 }, { 15, 5 }, { 16, 4 }, { 17, 1 }, { 18, 6 }, { 19, 1 }, { 20, 2 }, { 21, 2 },
        { 22, 3 },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public void Translate_TpchQuery_IsTypedWhole(int number, int columns)
    {
        var select = Assert.IsType<Statement.Select>(SqlParser.Parse(Corpus.File("tpch.sql")[number - 1]));

        var query = SqlTranslator.Translate(select.Query, table => Tables.GetValueOrDefault(table.Parts[^1].Text));

        Assert.Equal(columns, query.Columns.Count);
        Assert.DoesNotContain(query.Columns, column => column.Type.Kind == TypeKind.Unknown);
        Assert.All(query.Scans, scan => Assert.NotEmpty(scan.Columns));
    }

    private static TableSchema Schema(string text)
    {
        var parts = text.Split(": ");
        var columns = parts[1].Split(", ")
            .Select(column => column.Split(' '))
            .Select(pair => (pair[0], Type(pair[1]), ""));
        return new TableSchema(parts[0], "tpch", parts[0], [.. columns]);
    }

    private static SqlType? Type(string letter) => letter switch
    {
        "i" => SqlType.BigInt,
        "n" => SqlType.Integer,
        "d" => SqlType.Decimal(15, 2),
        "t" => SqlType.Date,
        _ => SqlType.Varchar,
    };
}
