using Tarn.ContinuousQueries.Definitions;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>
/// What one evaluation makes of an alert's rows: pending when the condition begins to hold, firing when it has held
/// for as long as is asked, none when it no longer holds. Decides only; the rows it was made from stay as they are.
/// </summary>
internal sealed class AlertStep
{
    private readonly Dictionary<string, AlertRow> _rows;
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private readonly List<AlertEvent> _events = [];
    private readonly AlertSpec _alert;
    private readonly DateTimeOffset _now;
    private readonly bool _mayResolve;

    private AlertStep(
        AlertSpec alert, IReadOnlyDictionary<string, AlertRow> before, DateTimeOffset now, bool mayResolve)
    {
        _alert = alert;
        _now = now;
        _mayResolve = mayResolve;
        _rows = new Dictionary<string, AlertRow>(before, StringComparer.Ordinal);
    }

    /// <summary>All rows that are pending or firing now.</summary>
    public IReadOnlyDictionary<string, AlertRow> Rows => _rows;

    /// <summary>Rows whose state is another.</summary>
    public IEnumerable<AlertRow> Changed => _changed.Select(key => _rows[key]);

    /// <summary>Keys of rows that were pending or firing.</summary>
    public IReadOnlyCollection<string> Removed => _removed;

    public IReadOnlyList<AlertEvent> Events => _events;

    /// <summary>Rows for which the condition holds and that had no room.</summary>
    public int Refused { get; private set; }

    public bool ChangesNothing => _changed.Count == 0 && _removed.Count == 0 && _events.Count == 0;

    /// <param name="mayResolve">False: what fires goes on, as the view is not up to date.</param>
    /// <param name="rowsMax">Rows that may be pending or firing.</param>
    public static AlertStep Take(
        AlertSpec alert, IReadOnlyDictionary<string, AlertRow> before, AlertEvaluation seen, DateTimeOffset now,
        bool mayResolve, int rowsMax)
    {
        var step = new AlertStep(alert, before, now, mayResolve);
        step.Lapse(before.Keys, seen);
        step.Begin(seen, rowsMax);
        step.Fire();
        return step;
    }

    /// <summary>When time alone changes something, or null.</summary>
    public static DateTimeOffset? DueAt(AlertSpec alert, IEnumerable<AlertRow> rows)
    {
        var duration = TimeSpan.FromMilliseconds(alert.ForMilliseconds);
        return rows.Min(row => !row.Fires ? row.Since + duration
            : alert.Options.RepeatMilliseconds is { } repeat
                ? row.SaidAt + TimeSpan.FromMilliseconds(repeat) : (DateTimeOffset?)null);
    }

    private void Lapse(IEnumerable<string> keys, AlertEvaluation seen)
    {
        var gone = seen.Gone.ToHashSet(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var found = seen.Rows.GetValueOrDefault(key);
            if (found is { Holds: false } || (found is null && (seen.IsWhole || gone.Contains(key))))
            {
                Lapse(_rows[key], found?.Row);
            }
        }
    }

    private void Lapse(AlertRow row, string? current)
    {
        if (row.Fires && !_mayResolve)
        {
            return;
        }

        if (row.Fires)
        {
            _events.Add(new AlertEvent(AlertEventKind.Resolved, row, current));
        }

        _rows.Remove(row.Key);
        _removed.Add(row.Key);
    }

    private void Begin(AlertEvaluation seen, int rowsMax)
    {
        foreach (var (key, found) in seen.Rows.Where(row => row.Value.Holds))
        {
            if (_rows.TryGetValue(key, out var known))
            {
                _rows[key] = known with { Row = found.Row };
            }
            else if (_rows.Count >= rowsMax)
            {
                Refused++;
            }
            else
            {
                _rows[key] = new AlertRow(key, found.Row, _now);
                _changed.Add(key);
            }
        }
    }

    private void Fire()
    {
        var duration = TimeSpan.FromMilliseconds(_alert.ForMilliseconds);
        var repeat = _alert.Options.RepeatMilliseconds is { } milliseconds
            ? TimeSpan.FromMilliseconds(milliseconds) : TimeSpan.MaxValue;
        foreach (var row in _rows.Values.ToList())
        {
            if (!row.Fires && _now - row.Since >= duration)
            {
                Say(AlertEventKind.Firing, row with { FiresSince = _now, SaidAt = _now });
            }
            else if (row.Fires && _now - row.SaidAt >= repeat)
            {
                Say(AlertEventKind.StillFiring, row with { SaidAt = _now });
            }
        }
    }

    private void Say(AlertEventKind kind, AlertRow row)
    {
        _rows[row.Key] = row;
        _changed.Add(row.Key);
        _events.Add(new AlertEvent(kind, row, row.Row));
    }
}
