using Tarn.Sql.Types;

namespace Tarn.Sql.Tests.Types;

public sealed class TypeTextTests
{
    [Theory]
    [InlineData("char(3)")]
    [InlineData("array<char(3)>")]
    [InlineData("struct<a:int,b:char(2)>")]
    [InlineData("time")]
    [InlineData("uuid")]
    public void TryParseHive_TypeThatNoReaderKnows_IsNull(string text)
    {
        Assert.Null(TypeText.TryParseHive(text));
    }

    [Theory]
    [InlineData("decimal", "decimal(10,0)")]
    [InlineData("varchar(5)", "varchar(5)")]
    [InlineData("timestamp", "timestamp(3)")]
    [InlineData("map<string,array<bigint>>", "map(varchar, array(bigint))")]
    public void TryParseHive_KnownType_IsTrinos(string text, string type)
    {
        Assert.Equal(type, TypeText.TryParseHive(text)?.ToString());
    }
}
