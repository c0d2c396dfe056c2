using System.Collections.Immutable;
using System.Globalization;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Statements;
using Tarn.Query.Statements;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>What SHOW and DESCRIBE say of the alerts of one moment.</summary>
internal sealed class AlertAnswers(ImmutableSortedDictionary<string, AlertRunner> alerts)
{
    public StatementRows Read(Statement statement) => statement switch
    {
        Statement.ShowAlerts => new(
            [
                "alert", "view", "condition", "state", "rows_pending", "rows_firing", "waiting", "last_notification",
                "error",
            ],
            [.. alerts.Values.Select(Shown)]),
        Statement.ShowCreateAlert show => new(
            ["create_statement"],
            [.. Get(show.Name).Spec.Print().Split('\n').Select(line => (IReadOnlyList<string?>)[line])]),
        Statement.DescribeAlert describe => Describe(Get(describe.Name)),
        _ => throw new InvalidOperationException($"{statement} has no rows"),
    };

    private static IReadOnlyList<string?> Shown(AlertRunner alert)
    {
        var rows = alert.Rows;
        var firing = rows.Values.Count(row => row.Fires);
        return
        [
            alert.Spec.Name, $"{alert.Spec.Database}.{alert.Spec.View}", alert.Spec.Condition.ReplaceLineEndings(" "),
            firing > 0 ? "firing" : rows.Count > 0 ? "pending" : "inactive",
            Number(rows.Count - firing), Number(firing), Number(alert.Outbox.Waiting),
            alert.Outbox.AcknowledgedAt is { } at ? NoticeBody.Time(at) : null,
            alert.Error?.ReplaceLineEndings("; "),
        ];
    }

    private static StatementRows Describe(AlertRunner alert)
    {
        var spec = alert.Spec;
        return new(
            ["kind", "name", "value"],
            [
                ["view", "view", $"{spec.Database}.{spec.View}"],
                ["condition", "condition", spec.Condition],
                .. spec.ForMilliseconds == 0 ? [] : new IReadOnlyList<string?>[]
                    { ["for", "for", AlertText.Duration(spec.ForMilliseconds)] },
                .. spec.Targets.Select(target => (IReadOnlyList<string?>)
                    ["notify", target.IsStream ? "stream" : "webhook", target.Name]),
                .. spec.Options.RepeatMilliseconds is not { } repeat ? [] : new IReadOnlyList<string?>[]
                    { ["option", "repeat_interval", AlertText.Duration(repeat)] },
                .. alert.Rows.Values.OrderBy(row => row.Since).ThenBy(row => row.Key, StringComparer.Ordinal).Select(
                    row => (IReadOnlyList<string?>)
                        [row.Fires ? "firing" : "pending", row.Key, NoticeBody.Time(row.Since)]),
            ]);
    }

    private AlertRunner Get(string name) => alerts.GetValueOrDefault(name)
        ?? throw AlertBoard.NotFound(name, alerts.Keys);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
