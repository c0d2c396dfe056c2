using Tarn.Primitives.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Tests;

/// <summary>
/// Printed text as data: <c>cases/*.test</c> hold a statement, <c>----</c>, and DuckDB's text. The table is
/// <c>t(a bigint, b varchar, d decimal(10,2), x double)</c>.
/// </summary>
public sealed class TranslationTests
{
    private static readonly IReadOnlyList<(string, SqlType?, string)> Columns =
    [
        ("a", SqlType.BigInt, "bigint"), ("b", SqlType.Varchar, "string"),
        ("d", SqlType.Decimal(10, 2), "decimal(10,2)"), ("x", SqlType.Double, "double"),
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            var folder = Path.Combine(AppContext.BaseDirectory, "cases");
            foreach (var block in Directory.EnumerateFiles(folder, "*.test").Order()
                .SelectMany(path => File.ReadAllText(path).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)))
            {
                var parts = block.Trim('\n').Split("\n----\n");
                cases.Add(parts[0], parts[1]);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Translate_Query_PrintsDuckDb(string sql, string expected) => Assert.Equal(expected, Print(sql));

    [Fact]
    public void Translate_FiltersAndUses_ArePerScan()
    {
        var query = Translate("SELECT b FROM t WHERE a = 1 AND x > 2e0 AND a IN (1, 2) AND length(b) = 3");

        var scan = Assert.Single(query.Scans);
        Assert.Equal(["a", "b", "x"], scan.Columns.Order());
        Assert.Equal(["a =", "x >", "a IN"], scan.Filters.Select(filter => $"{filter.Column} {filter.Operator}"));
    }

    [Fact]
    public void Translate_UnusedColumnsOfASubquery_AreNotRead() =>
        Assert.Equal(["a"], Assert.Single(Translate("SELECT a FROM (SELECT * FROM t) y").Scans).Columns);

    /// <summary>
    /// Cut and shuffled statements end in a tree or in an error of the user's, never in a broken parser.
    /// </summary>
    [Fact]
    public void Parse_CutAndShuffledText_FailsAsTheUsersError()
    {
        const string Seed =
            "WITH w AS (SELECT a, count(*) FILTER (WHERE b LIKE 'x%') c FROM t GROUP BY ROLLUP (a)) "
            + "SELECT CASE WHEN a > 1.5e3 "
            + "THEN -a ELSE CAST(b AS bigint) END, ARRAY[1][1], (SELECT 1), x -> y FROM w LEFT JOIN t USING (a) "
            + "WHERE a BETWEEN 1 AND 2 OR NOT b IN ('a', 'b') ORDER BY 1 DESC NULLS LAST OFFSET 1 LIMIT 2";
        var random = new Random(20261123);
        var words = Seed.Split(' ');
        for (var round = 0; round < 3000; round++)
        {
            var text = round < Seed.Length
                ? Seed[..round]
                : string.Join(' ', words.OrderBy(_ => random.Next()).Take(random.Next(1, words.Length)));
            try
            {
                SqlParser.Parse(text);
            }
            catch (TarnException failure)
            {
                Assert.Matches("^line [0-9]+:[0-9]+: ", failure.Message);
                Assert.NotNull(failure.Code);
            }
        }
    }

    [Fact]
    public void Parse_TooDeep_IsRefused()
    {
        var failure = Assert.Throws<TarnException>(() =>
            SqlParser.Parse("SELECT " + new string('(', 5000) + "1" + new string(')', 5000)));

        Assert.Equal(ErrorKind.Unsupported, failure.Kind);
    }

    private static TranslatedQuery Translate(string sql)
    {
        var select = Assert.IsType<Statement.Select>(SqlParser.Parse(sql));
        return SqlTranslator.Translate(
            select.Query, table => table.Parts[^1].Text == "t" ? new TableSchema("t", "default", "t", Columns) : null);
    }

    private static string Print(string sql) => Translate(sql).Print(scan => $"{scan.Table.Name}");
}
