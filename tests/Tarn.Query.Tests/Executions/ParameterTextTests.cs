using Tarn.Primitives.Errors;
using Tarn.Query.Executions;

namespace Tarn.Query.Tests.Executions;

public sealed class ParameterTextTests
{
    [Theory]
    [InlineData("SELECT ?", "1", "SELECT 1")]
    [InlineData("SELECT ?", "-1.5E3", "SELECT -1.5E3")]
    [InlineData("SELECT ?", "'it''s'", "SELECT 'it''s'")]
    [InlineData("SELECT ?", "DATE '2026-11-23'", "SELECT DATE '2026-11-23'")]
    [InlineData("SELECT ?", "null", "SELECT null")]
    [InlineData("SELECT ?", "ann", "SELECT 'ann'")]
    [InlineData("SELECT ?", "it's", "SELECT 'it''s'")]
    [InlineData("SELECT ?", "1; DROP TABLE t", "SELECT '1; DROP TABLE t'")]
    [InlineData("SELECT ?", "'a' OR 'b'", "SELECT '''a'' OR ''b'''")]
    [InlineData("SELECT ?", "(SELECT 1)", "SELECT '(SELECT 1)'")]
    [InlineData("SELECT '?', \"?\", ? -- ?\n", "7", "SELECT '?', \"?\", 7 -- ?\n")]
    [InlineData("SELECT /* ? */ 'it''s ?', ?", "7", "SELECT /* ? */ 'it''s ?', 7")]
    [InlineData("EXECUTE p", "7", "EXECUTE p USING 7")]
    [InlineData("execute p ;", "x", "execute p  USING 'x'")]
    public void Bind_OneParameter_StandsAsALiteral(string sql, string parameter, string bound) =>
        Assert.Equal(bound, ParameterText.Bind(sql, [parameter]));

    [Fact]
    public void Bind_Several_StandInTheirOrder() =>
        Assert.Equal("SELECT 1 + 2 WHERE 'c' = x", ParameterText.Bind("SELECT ? + ? WHERE ? = x", ["1", "2", "'c'"]));

    [Theory]
    [InlineData("SELECT 1", "expected 0 but found 1")]
    [InlineData("SELECT ?, ?", "expected 2 but found 1")]
    public void Bind_AnotherNumberOfThem_Fails(string sql, string message)
    {
        var failure = Assert.Throws<TarnException>(() => ParameterText.Bind(sql, ["1"]));

        Assert.Equal("INVALID_PARAMETER_USAGE", failure.Code);
        Assert.Contains(message, failure.Message);
    }
}
