using Tarn.ContinuousQueries.Statements;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Tests;

public sealed class StatementFileTests
{
    [Fact]
    public void Split_CommentsAndStringsWithSemicolons_GivesStatementsWithLines()
    {
        const string Text = """
            -- sources; first
            CREATE SOURCE a (x BIGINT) FROM STREAM 'a;b' FORMAT JSON;
            /* two ; lines
               /* nested */ ; */
            ;
            DROP SOURCE "odd;name" -- tail
            ; SELECT $$;$$, E'\';'
            """;

        var statements = StatementFile.Split(Text);

        Assert.Equal(
            [
                new StatementText("CREATE SOURCE a (x BIGINT) FROM STREAM 'a;b' FORMAT JSON", 2),
                new StatementText("DROP SOURCE \"odd;name\"", 6),
                new StatementText("SELECT $$;$$, E'\\';'", 7),
            ],
            statements);
    }

    [Theory]
    [InlineData("SELECT 1;\nSELECT 'open", "line 2:8: string is not closed")]
    [InlineData("SELECT \"open", "line 1:8: quoted name is not closed")]
    [InlineData("/* open", "line 1:1: comment is not closed")]
    public void Split_NotClosed_NamesTheLine(string text, string message) =>
        Assert.Equal(message, Assert.Throws<TarnException>(() => StatementFile.Split(text)).Message);

    [Theory]
    [InlineData("create or replace materialized view v as select 1", true)]
    [InlineData("  -- hello\n DROP SOURCE s", true)]
    [InlineData("CREATE TABLE t (a int)", false)]
    [InlineData("SELECT 'CREATE SOURCE'", false)]
    [InlineData("CREATE VIEW v AS SELECT 1", false)]
    [InlineData("EXPLAIN CREATE OR REPLACE MATERIALIZED VIEW v AS SELECT 1", true)]
    [InlineData("EXPLAIN CREATE TABLE t AS SELECT 1", false)]
    [InlineData("DESCRIBE source;", false)]
    [InlineData("DESCRIBE source s", true)]
    [InlineData("SHOW CREATE TABLE t", false)]
    [InlineData("", false)]
    public void Handles_FirstWords_Decide(string sql, bool handled) =>
        Assert.Equal(handled, StatementParser.Handles(sql));
}
