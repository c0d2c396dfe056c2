using Tarn.ContinuousQueries.Alerts;
using Tarn.ContinuousQueries.Definitions;

namespace Tarn.ContinuousQueries.Tests.Alerts;

/// <summary>What one evaluation makes of an alert's rows.</summary>
public sealed class AlertStepTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Behind_FiresButResolvesNothing_AndForgetsWhatWasPending()
    {
        var alert = Alert(forSeconds: 10);
        var firing = Row("f", Now.AddSeconds(-60)) with { FiresSince = Now, SaidAt = Now };
        var due = Row("d", Now.AddSeconds(-10));
        var pending = Row("p", Now.AddSeconds(-9));

        var step = Take(alert, [firing, due, pending], [("d", true)], mayResolve: false);

        Assert.Equal(["d", "f"], step.Rows.Keys.Order());
        Assert.Equal(["p"], step.Removed);
        Assert.Equal([(AlertEventKind.Firing, "d")], step.Events.Select(told => (told.Kind, told.Row.Key)));
        var later = Take(alert, step.Rows.Values, [], mayResolve: true);
        Assert.Equal(
            [(AlertEventKind.Resolved, "d", null), (AlertEventKind.Resolved, "f", (string?)null)],
            later.Events.OrderBy(told => told.Row.Key).Select(told => (told.Kind, told.Row.Key, told.Current)));
    }

    [Fact]
    public void Changes_LeaveRowsThatAreNotAmongThem()
    {
        var firing = Row("f", Now) with { FiresSince = Now, SaidAt = Now };

        var step = AlertStep.Take(
            Alert(0), Before([firing]), new AlertEvaluation(false, Seen([("n", false)]), ["other"]), Now,
            mayResolve: true, rowsMax: 10);

        Assert.True(step.ChangesNothing);
        Assert.Equal(["f"], step.Rows.Keys);
        var gone = AlertStep.Take(
            Alert(0), step.Rows, new AlertEvaluation(false, Seen([]), ["f"]), Now, mayResolve: true, rowsMax: 10);
        Assert.Equal(AlertEventKind.Resolved, Assert.Single(gone.Events).Kind);
    }

    [Fact]
    public void MoreRowsThanAllowed_AreCounted_AndTakenWhenThereIsRoom()
    {
        var step = Take(Alert(0), [], [("a", true), ("b", true), ("c", true)], mayResolve: true, rowsMax: 2);

        Assert.Equal((1, 2), (step.Refused, step.Events.Count));
        var next = Take(Alert(0), step.Rows.Values, [("b", true), ("c", true)], mayResolve: true, rowsMax: 2);
        Assert.Equal((0, 2), (next.Refused, next.Rows.Count));
        Assert.Equal(
            [(AlertEventKind.Resolved, "a"), (AlertEventKind.Firing, "c")],
            next.Events.Select(told => (told.Kind, told.Row.Key)));
    }

    [Fact]
    public void DueAt_IsTheNextMomentThatChangesSomething()
    {
        var alert = Alert(forSeconds: 10) with { Options = new AlertOptions { RepeatMilliseconds = 60_000 } };
        var firing = Row("f", Now) with { FiresSince = Now, SaidAt = Now };

        Assert.Null(AlertStep.DueAt(alert, []));
        Assert.Null(AlertStep.DueAt(Alert(10), [firing]));
        Assert.Equal(Now.AddSeconds(60), AlertStep.DueAt(alert, [firing]));
        Assert.Equal(Now.AddSeconds(7), AlertStep.DueAt(alert, [firing, Row("p", Now.AddSeconds(-3))]));
    }

    private static AlertSpec Alert(int forSeconds) =>
        new("id", "a", "default", "v", "true", forSeconds * 1_000, [], "");

    private static AlertRow Row(string key, DateTimeOffset since) => new(key, "{}", since);

    private static Dictionary<string, AlertRow> Before(IEnumerable<AlertRow> rows) => rows.ToDictionary(row => row.Key);

    private static Dictionary<string, AlertEvaluation.Seen> Seen(IEnumerable<(string Key, bool Holds)> rows) =>
        rows.ToDictionary(row => row.Key, row => new AlertEvaluation.Seen(row.Holds, "{}"));

    private static AlertStep Take(
        AlertSpec alert, IEnumerable<AlertRow> before, IEnumerable<(string Key, bool Holds)> whole, bool mayResolve,
        int rowsMax = 10) =>
        AlertStep.Take(alert, Before(before), new AlertEvaluation(true, Seen(whole), []), Now, mayResolve, rowsMax);
}
