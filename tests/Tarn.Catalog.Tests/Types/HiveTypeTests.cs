using Tarn.Catalog.Types;
using Tarn.Primitives.Errors;

namespace Tarn.Catalog.Tests.Types;

public sealed class HiveTypeTests
{
    [Theory]
    [InlineData("bigint", "bigint")]
    [InlineData("  BigInt ", "bigint")]
    [InlineData("integer", "int")]
    [InlineData("decimal", "decimal(10,0)")]
    [InlineData("decimal(5)", "decimal(5,0)")]
    [InlineData("DECIMAL ( 38 , 38 )", "decimal(38,38)")]
    [InlineData("varchar(65535)", "varchar(65535)")]
    [InlineData("char(1)", "char(1)")]
    [InlineData("array<string>", "array<string>")]
    [InlineData("map<string,array<decimal(4,1)>>", "map<string,array<decimal(4,1)>>")]
    [InlineData("struct< a : int , b: struct<c:date,`d-e f`:float> >", "struct<a:int,b:struct<c:date,d-e f:float>>")]
    [InlineData("struct<User.Id:string>", "struct<User.Id:string>")]
    [InlineData("array<map<int,struct<x:boolean,y:binary>>>", "array<map<int,struct<x:boolean,y:binary>>>")]
    public void Parse_Legal_PrintsCanonicalAndTheSameAgain(string text, string canonical)
    {
        var type = HiveType.Parse(text);
        Assert.Equal(canonical, type.ToString());
        Assert.Equal(type, HiveType.Parse(canonical));
        Assert.Equal(type.GetHashCode(), HiveType.Parse(canonical).GetHashCode());
    }

    [Fact]
    public void Parse_EveryPrimitive_IsKnown() =>
        Assert.All(
            Enum.GetValues<HivePrimitive>(),
            kind => Assert.Equal(new HiveType.Primitive(kind), HiveType.Parse(kind.ToString())));

    [Theory]
    [InlineData("", "at the end of ''")]
    [InlineData("bigint x", "at position 8")]
    [InlineData("array", "at the end")]
    [InlineData("array<>", "at position 7")]
    [InlineData("array<int", "at the end")]
    [InlineData("array<int,int>", "at position 10")]
    [InlineData("map<int>", "at position 8")]
    [InlineData("map<array<int>,int>", "at position 5")]
    [InlineData("decimal(0)", "at position 9")]
    [InlineData("decimal(39,2)", "at position 9")]
    [InlineData("decimal(3,4)", "at position 11")]
    [InlineData("decimal(99999999999)", "at position 9")]
    [InlineData("varchar", "at the end")]
    [InlineData("varchar(0)", "at position 9")]
    [InlineData("char(256)", "at position 6")]
    [InlineData("struct<>", "at position 8")]
    [InlineData("struct<a>", "at position 9")]
    [InlineData("struct<a:int,A:int>", "at position 14")]
    [InlineData("struct<`a:int>", "at position 8")]
    [InlineData("struct<`a:b`:int>", "at position 8")]
    [InlineData("big int", "at position 1")]
    [InlineData("int)", "at position 4")]
    public void Parse_Wrong_NamesThePosition(string text, string where)
    {
        var failure = Assert.Throws<TarnException>(() => HiveType.Parse(text));
        Assert.Equal(ErrorKind.Invalid, failure.Kind);
        Assert.Contains(where, failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Misspelt_HintsAtTheNearest() =>
        Assert.Equal("did you mean 'bigint'?", Assert.Throws<TarnException>(() => HiveType.Parse("bignit")).Hint);

    [Fact]
    public void Parse_Uniontype_IsUnsupported() =>
        Assert.Equal(ErrorKind.Unsupported, Assert.Throws<TarnException>(() => HiveType.Parse("uniontype<int>")).Kind);

    [Fact]
    public void Parse_DeeplyNested_IsRefusedNotOverflowing()
    {
        static string Nest(int depth) =>
            string.Concat(Enumerable.Repeat("array<", depth)) + "int" + new string('>', depth);
        Assert.Equal(Nest(99), HiveType.Parse(Nest(99)).ToString());
        Assert.Throws<TarnException>(() => HiveType.Parse(Nest(100_000)));
    }
}
