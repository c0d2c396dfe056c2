using Tarn.Primitives.Errors;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Tests;

/// <summary>Text to tree to text to tree: the two trees are equal.</summary>
public sealed class RoundTripTests
{
    [Theory]
    [InlineData("queries.sql", 90)]
    [InlineData("definitions.sql", 60)]
    public void Print_Corpus_ParsesToTheSameTree(string file, int least)
    {
        var statements = Corpus.File(file);

        var failures = statements.Select(Differs).OfType<string>().ToList();

        Assert.True(statements.Count >= least, $"{file} holds {statements.Count} statements");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Fact]
    public void Print_TpchQueries_ParseToTheSameTree()
    {
        var failures = Corpus.Tpch().Select(Differs).OfType<string>().ToList();

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Fact]
    public void Print_EveryCaseThatParses_ParsesToTheSameTree()
    {
        var parsed = Corpus.Cases().Where(Parses).ToList();

        var failures = parsed.Select(Differs).OfType<string>().ToList();

        Assert.True(parsed.Count > 150, $"only {parsed.Count} cases parse");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Fact]
    public void Print_RandomTrees_ParseToTheSameTree()
    {
        string? shortest = null;
        for (var seed = 0; seed < 6000; seed++)
        {
            var query = new RandomTree(new Random(seed)).Query(1 + (seed % 4));
            if (Differs(query) is { } failure && failure.Length < (shortest?.Length ?? int.MaxValue))
            {
                shortest = $"seed {seed}: {failure}";
            }
        }

        Assert.True(shortest is null, shortest);
    }

    [Theory]
    [InlineData("select 1+2*3,(1+2)*3", "SELECT 1 + 2 * 3, (1 + 2) * 3")]
    [InlineData("select a from t where not x in(1,2)", "SELECT a FROM t WHERE x NOT IN (1, 2)")]
    [InlineData("select \"Order\" from \"a b\" q", "SELECT \"Order\" FROM \"a b\" AS q")]
    [InlineData("drop table if exists a.b", "DROP TABLE IF EXISTS `a`.`b`")]
    [InlineData("select extract(year from d)", "SELECT year(d)")]
    public void Print_Statement_IsAthenasText(string sql, string expected) =>
        Assert.Equal(expected, SqlPrinter.Print(SqlParser.Parse(sql)));

    private static string? Differs(Query query)
    {
        var text = SqlPrinter.Print(query);
        try
        {
            var again = Assert.IsType<Statement.Select>(SqlParser.Parse(text)).Query;
            return TreeText.Of(again) == TreeText.Of(query) ? null : $"{text}\nread as: {SqlPrinter.Print(again)}";
        }
        catch (TarnException failure)
        {
            return $"{text}\n{failure.Message}";
        }
    }

    private static bool Parses(string sql)
    {
        try
        {
            SqlParser.Parse(sql);
            return true;
        }
        catch (TarnException)
        {
            return false;
        }
    }

    private static string? Differs(string sql)
    {
        var text = "";
        try
        {
            var first = SqlParser.Parse(sql);
            text = SqlPrinter.Print(first);
            var second = SqlParser.Parse(text);
            return TreeText.Of(first) == TreeText.Of(second) ? null : $"{sql}\nprinted: {text}\nreads otherwise";
        }
        catch (TarnException failure)
        {
            return $"{sql}\nprinted: {text}\n{failure.Message}";
        }
    }
}
