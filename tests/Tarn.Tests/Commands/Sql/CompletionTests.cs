using Tarn.Commands.Sql;

namespace Tarn.Tests.Commands.Sql;

public sealed class CompletionTests
{
    private static Completion Known()
    {
        var completion = new Completion();
        completion.Learn([("raw", "scores", ["user_id", "score"]), ("raw", "users", ["user_id"]), ("lab", "t", ["a"])]);
        return completion;
    }

    [Theory]
    [InlineData("SEL", "SELECT")]
    [InlineData("sel", "select")]
    [InlineData("sc", "score scores")]
    [InlineData("user", "users user_id")]
    [InlineData("raw.", "raw.scores raw.users")]
    [InlineData("raw.sc", "raw.scores")]
    [InlineData("scores.", "scores.score scores.user_id")]
    [InlineData("raw.scores.u", "raw.scores.user_id")]
    [InlineData("\\t", "\\timing")]
    [InlineData("nothing_begins_so", "")]
    public void Of_WhatWasBegun_GivesWhatItMayBecome(string word, string words) =>
        Assert.Equal(words, string.Join(' ', Known().Of(word)));

    [Theory]
    [InlineData("SELECT use", 10, 7)]
    [InlineData("SELECT raw.sc FROM", 13, 7)]
    [InlineData("a=b", 3, 2)]
    [InlineData("\\ti", 3, 0)]
    public void StartOf_Cursor_IsWhereTheWordBegins(string text, int cursor, int start) =>
        Assert.Equal(start, Completion.StartOf(text, cursor));

    [Fact]
    public void Common_OfSeveral_IsTheirBeginning() =>
        Assert.Equal("score", Completion.Common(["score", "scores", "SCORE_2"]));
}
