using Tarn.Primitives.Errors;

namespace Tarn.Sql.Tests;

/// <summary>Whatever text comes in, out comes a tree or the user's error.</summary>
public sealed class FuzzTests
{
    [Fact]
    public void Parse_MutatedCorpus_GivesATreeOrTheUsersError()
    {
        var corpus = Corpus.All();
        var pieces = corpus.SelectMany(text => text.Split(' ')).Concat(["(", ")", "'", "\"", "`", "\\", "?", "\0", "é"])
            .ToArray();
        var random = new Random(20261123);
        var (trees, errors) = (0, 0);
        for (var round = 0; round < 30_000; round++)
        {
            var words = corpus[random.Next(corpus.Count)].Split(' ').ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                Mutate(words, pieces, random);
            }

            try
            {
                var tree = SqlParser.Parse(string.Join(' ', words));
                SqlPrinter.Print(tree);
                trees++;
            }
            catch (TarnException failure)
            {
                Assert.Matches("^line [0-9]+:[0-9]+: ", failure.Message);
                Assert.NotNull(failure.Code);
                errors++;
            }
        }

        Assert.True(trees > 1000 && errors > 1000, $"{trees} trees, {errors} errors");
    }

    [Fact]
    public void Parse_CutText_GivesATreeOrTheUsersError()
    {
        var errors = 0;
        foreach (var text in Corpus.File("queries.sql").Concat(Corpus.File("definitions.sql")))
        {
            for (var length = 0; length < text.Length; length++)
            {
                try
                {
                    SqlParser.Parse(text[..length]);
                }
                catch (TarnException failure)
                {
                    Assert.Matches("^line [0-9]+:[0-9]+: ", failure.Message);
                    errors++;
                }
            }
        }

        Assert.True(errors > 1000, $"{errors} errors");
    }

    [Theory]
    [InlineData("SELECT ", "(", "1", ")")]
    [InlineData("SELECT * FROM ", "(", "t", ")")]
    [InlineData("SELECT ", "(SELECT ", "1", ")")]
    [InlineData("", "(", "SELECT 1", ")")]
    [InlineData("SELECT ", "NOT ", "TRUE", "")]
    [InlineData("SELECT ", "- ", "x", "")]
    [InlineData("SELECT ", "f(", "x", ")")]
    [InlineData("SELECT x", " + x", "", "")]
    [InlineData("SELECT x", "[1]", "", "")]
    [InlineData("SELECT 1", " UNION SELECT 1", "", "")]
    [InlineData("SELECT * FROM t", " CROSS JOIN t", "", "")]
    [InlineData("SELECT * FROM t", " JOIN t", "", " ON TRUE")]
    [InlineData("SELECT CAST(x AS ", "array(", "bigint", "))")]
    [InlineData("SELECT x", " AT TIME ZONE 'UTC'", "", "")]
    [InlineData("SELECT ", "CASE WHEN ", "x", " THEN 1 END")]
    [InlineData("SELECT ", "x -> ", "x", "")]
    [InlineData("EXPLAIN ", "EXPLAIN ", "SELECT 1", "")]
    [InlineData("CREATE EXTERNAL TABLE t (a ", "array<", "int", ">")]
    public void Parse_TenThousandLevels_IsTheUsersError(string start, string open, string inner, string close)
    {
        var text = start + Repeat(open) + inner + Repeat(close);

        var failure = Assert.Throws<TarnException>(() => SqlParser.Parse(text));

        Assert.Equal(ErrorKind.Unsupported, failure.Kind);
        Assert.Contains("more than", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_LongConditions_AreNoDeepTrees()
    {
        var text = $"SELECT 1 WHERE {string.Join(" OR ", Enumerable.Range(0, 20_000).Select(i => $"x = {i}"))}";

        var printed = SqlPrinter.Print(SqlParser.Parse(text));

        Assert.Equal(TreeText.Of(SqlParser.Parse(text)), TreeText.Of(SqlParser.Parse(printed)));
    }

    private static string Repeat(string text) => string.Concat(Enumerable.Repeat(text, 10_000));

    private static void Mutate(List<string> words, string[] pieces, Random random)
    {
        if (words.Count == 0)
        {
            words.Add(pieces[random.Next(pieces.Length)]);
            return;
        }

        var at = random.Next(words.Count);
        switch (random.Next(5))
        {
            case 0:
                words.RemoveAt(at);
                break;
            case 1:
                words.Insert(at, pieces[random.Next(pieces.Length)]);
                break;
            case 2:
                words[at] = pieces[random.Next(pieces.Length)];
                break;
            case 3:
                var other = random.Next(words.Count);
                (words[at], words[other]) = (words[other], words[at]);
                break;
            default:
                var word = words[at];
                words[at] = word.Length == 0 ? "(" : word.Remove(random.Next(word.Length), 1);
                break;
        }
    }
}
