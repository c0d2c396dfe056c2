using Tarn.Console.Components.Pages.Queries;
using Tarn.ContinuousQueries;

namespace Tarn.Console.Tests.Components.Pages;

public sealed class QuerySelectionTests
{
    private static readonly ViewStatus[] Views =
    [
        View("clicks") with { RecordsPerSecond = 2, StateBytes = 10 },
        View("alpha") with { RecordsPerSecond = 9, StateBytes = 10, Phase = ViewPhase.Failed },
        View("beta") with { RecordsPerSecond = 2, StateBytes = 30, Phase = ViewPhase.Paused, Sql = "SELECT Visits" },
    ];

    [Theory]
    [InlineData("name", "alpha beta clicks")]
    [InlineData("-name", "clicks beta alpha")]
    [InlineData("state", "alpha beta clicks")]
    [InlineData("-rate", "alpha beta clicks")]
    [InlineData("rate", "beta clicks alpha")]
    [InlineData("-bytes", "beta alpha clicks")]
    [InlineData("nothing", "alpha beta clicks")]
    public void Of_Order_PutsEqualOnesByName(string order, string names) =>
        Assert.Equal(names, Names(new QuerySelection("", "", order)));

    [Theory]
    [InlineData("ALPHA", "", "alpha")]
    [InlineData(" visits ", "", "beta")]
    [InlineData("", "paused", "beta")]
    [InlineData("c", "failed", "")]
    public void Of_Filter_MatchesNameStatementAndState(string text, string state, string names) =>
        Assert.Equal(names, Names(new QuerySelection(text, state, "name")));

    [Fact]
    public void Turned_ByClicks_BeginsWithTheLargestFigureAndTurns()
    {
        var byName = new QuerySelection("", "", "name");
        var byLag = new QuerySelection("", "", "-lag");

        Assert.Equal(("-name", "-lag"), (byName.Turned("name"), byName.Turned("lag")));
        Assert.Equal(("lag", "name"), (byLag.Turned("lag"), byLag.Turned("name")));
        Assert.Equal(("descending", null), (byLag.Sorting("lag"), byLag.Sorting("name")));
    }

    private static string Names(QuerySelection selection) =>
        string.Join(' ', selection.Of(Views).Select(view => view.Name));

    private static ViewStatus View(string name) =>
        new() { Name = name, Database = "default", Sql = "", Stream = "s" };
}
