using Tarn.Console.Components;
using Tarn.ContinuousQueries;

namespace Tarn.Console.Tests.Components;

public sealed class QueryWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ViewPhase.Running, "running", "ok")]
    [InlineData(ViewPhase.CatchingUp, "catching up", "busy")]
    [InlineData(ViewPhase.Paused, "paused", "warn")]
    [InlineData(ViewPhase.Failed, "failed", "bad")]
    public void State_OfAPhase_HasWordAndColour(ViewPhase phase, string word, string colour)
    {
        var words = new QueryWords(View() with { Phase = phase }, Now);

        Assert.Equal((word, colour), (words.State, words.Class));
        Assert.Contains(word, QueryWords.States);
    }

    [Fact]
    public void State_WhileANewVersionCounts_IsReplacingUnlessOneHasFailed()
    {
        var replacing = View() with { Backfill = new BackfillStatus(5, 7, Error: null) { Percent = 42 } };

        Assert.Equal(("replacing", "replacing 42 %"), (
            new QueryWords(replacing, Now).State, new QueryWords(replacing, Now).Told));
        Assert.Equal("failed", new QueryWords(replacing with { Phase = ViewPhase.Failed }, Now).State);
        Assert.Equal(
            "running", new QueryWords(View() with { Backfill = new BackfillStatus(5, 7, "no") }, Now).State);
    }

    [Fact]
    public void Lag_OfAViewThatDoesNotCount_IsNotKnown()
    {
        var view = View() with { LagMilliseconds = 2_000 };

        Assert.Equal("2 s", new QueryWords(view, Now).Lag);
        Assert.Equal("none", new QueryWords(View(), Now).Lag);
        Assert.Equal("–", new QueryWords(view with { Phase = ViewPhase.Paused }, Now).Lag);
    }

    [Fact]
    public void Watermark_IsToldBesideTheClock()
    {
        var behind = new QueryWords(View() with { Watermark = Now.AddSeconds(-5) }, Now);
        var ahead = new QueryWords(View() with { Watermark = Now.AddSeconds(5) }, Now);

        Assert.Equal(("2026-01-02 11:59:55 UTC", "5 s behind the clock"), (behind.Watermark, behind.Behind));
        Assert.Equal("5 s ahead of the clock", ahead.Behind);
        Assert.Null(new QueryWords(View(), Now).Behind);
    }

    [Fact]
    public void Addresses_OfANameWithADash_QuoteIt()
    {
        var words = new QueryWords(View() with { Name = "per-user" }, Now);

        Assert.Equal("default.\"per-user\"", words.Table);
        Assert.Equal("/sql?sql=SELECT%20%2A%20FROM%20default.%22per-user_late%22", words.SqlAddressOf("_late"));
        Assert.Equal("/queries/per-user", QueryWords.Address("per-user"));
        Assert.Equal(("per-user", "v"), (QueryWords.NameIn("default.per-user"), QueryWords.NameIn("v")));
    }

    private static ViewStatus View() => new() { Name = "v", Database = "default", Sql = "", Stream = "s" };
}
