using Tarn.Commands.Sql;

namespace Tarn.Tests.Commands.Sql;

public sealed class StatementBufferTests
{
    [Theory]
    [InlineData("SELECT 1;\n", "SELECT 1")]
    [InlineData("SELECT 1; SELECT 2;\n", "SELECT 1|SELECT 2")]
    [InlineData("SELECT ';', \"a;b\";\n", "SELECT ';', \"a;b\"")]
    [InlineData("SELECT 'it''s;';\n", "SELECT 'it''s;'")]
    [InlineData("SELECT 1 -- ; no\n;\n", "SELECT 1 -- ; no")]
    [InlineData("/* ; */ SELECT 1;\n", "/* ; */ SELECT 1")]
    [InlineData(";;\n", "")]
    [InlineData("-- only a comment\n;\n", "")]
    public void Add_Text_GivesWhatIsComplete(string text, string statements)
    {
        var buffer = new StatementBuffer();

        var found = buffer.Add(text);

        Assert.Equal(statements, string.Join('|', found));
        Assert.Empty(buffer.TakeRest());
    }

    [Fact]
    public void Add_LineByLine_WaitsForTheSemicolon()
    {
        var buffer = new StatementBuffer();

        var first = buffer.Add("SELECT 'a\n");
        var hasBegun = buffer.HasBegun;
        var second = buffer.Add("b' AS x; SELECT\n");

        Assert.Empty(first);
        Assert.True(hasBegun);
        Assert.Equal(["SELECT 'a\nb' AS x"], second);
        Assert.Equal(["SELECT"], buffer.TakeRest());
        Assert.False(buffer.HasBegun);
    }
}
