using Tarn.Primitives.Errors;

namespace Tarn.Primitives.Tests.Errors;

public sealed class SuggestionTests
{
    private static readonly string[] Known = ["shards", "retention_hours", "location", "format"];

    [Theory]
    [InlineData("retention_hour", "retention_hours")]
    [InlineData("retenshun_hours", "retention_hours")]
    [InlineData("Shards", "shards")]
    [InlineData("shard", "shards")]
    [InlineData("fromat", "format")]
    [InlineData("lokation", "location")]
    public void Nearest_OfAMistypedWord_IsTheWordMeant(string word, string meant) =>
        Assert.Equal(meant, Suggestion.Nearest(word, Known));

    [Theory]
    [InlineData("compression")]
    [InlineData("")]
    [InlineData("xyz")]
    public void Nearest_WhenNoneIsClose_IsNull(string word) => Assert.Null(Suggestion.Nearest(word, Known));

    [Fact]
    public void Nearest_OfTwoEquallyNear_IsTheFirst() =>
        Assert.Equal("port_a", Suggestion.Nearest("port_x", ["port_a", "port_b"]));

    [Fact]
    public void Nearest_OfSeveral_IsTheNearestWhereverItStands()
    {
        Assert.Equal("console_port", Suggestion.Nearest("console_prt", ["console_sort", "console_port", "port"]));
        Assert.Equal("console_port", Suggestion.Nearest("console_prt", ["console_port", "console_sort", "port"]));
    }

    [Fact]
    public void Nearest_AmongNone_IsNull() => Assert.Null(Suggestion.Nearest("word", []));

    [Fact]
    public void Hint_OfAMistypedWord_AsksForIt() =>
        Assert.Equal("did you mean 'shards'?", Suggestion.Hint("shrads", Known));

    [Fact]
    public void Hint_WhenNoneIsClose_IsNull() => Assert.Null(Suggestion.Hint("compression", Known));
}
