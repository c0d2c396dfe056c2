using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Runtime;
using Tarn.ContinuousQueries.Statements;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.ContinuousQueries.Webhooks;
using Tarn.DuckDb;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Query.Statements;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>
/// The alerts of this lake and their statements, which the engine runs one at a time; readers see all alerts as a whole
/// dictionary that is replaced.
/// </summary>
internal sealed class AlertBoard(
    AlertStore store, NoticeSender sender, Func<string, ViewRunner?> findView, Func<IEnumerable<string>> viewNames,
    IDuckDb duckDb, ContinuousQueriesOptions options, TimeProvider time, IdSource ids, ILogger logger)
{
    private readonly AlertCondition _condition = new(duckDb);
    private readonly RetryPauses _pauses = new(new Random(ids.Next().GetHashCode()));
    private ImmutableSortedDictionary<string, AlertRunner> _alerts = ImmutableSortedDictionary.Create<string,
        AlertRunner>(StringComparer.Ordinal);

    public async Task StartAsync(CancellationToken cancellation)
    {
        foreach (var alert in await store.ListAsync(cancellation).ConfigureAwait(false))
        {
            Launch(alert);
        }
    }

    public async Task StopAsync()
    {
        var running = _alerts.Values.ToList();
        _alerts = _alerts.Clear();
        await Task.WhenAll(running.Select(alert => alert.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    public StatementRows Read(Statement statement) => new AlertAnswers(_alerts).Read(statement);

    public async Task<string> CreateAsync(Statement.CreateAlert create, CancellationToken cancellation)
    {
        var wanted = create.Alert;
        var view = findView(wanted.View);
        if (view is null || (wanted.Database.Length > 0 && wanted.Database != view.Spec.Database))
        {
            throw new TarnException(
                ErrorKind.NotFound, $"materialized view '{wanted.View}' does not exist",
                hint: Suggestion.Hint(wanted.View, viewNames()));
        }

        wanted = wanted with { Database = view.Spec.Database };
        if (_alerts.GetValueOrDefault(wanted.Name) is { } known)
        {
            if (create.IfNotExists)
            {
                return $"alert {wanted.Name} exists";
            }

            if (known.Spec.Text == wanted.Text)
            {
                return await KeepAsync(known).ConfigureAwait(false);
            }

            CheckReplacement(create, known.Spec);
        }

        foreach (var target in wanted.Targets)
        {
            sender.Check(target);
        }

        await _condition.BindAsync(wanted, view.Spec.Columns, cancellation).ConfigureAwait(false);
        return await PutAsync(wanted, cancellation).ConfigureAwait(false);
    }

    public async Task<string> DropAsync(Statement.DropAlert drop, CancellationToken cancellation)
    {
        if (_alerts.GetValueOrDefault(drop.Name) is not { } known)
        {
            return drop.IfExists ? $"alert {drop.Name} does not exist" : throw NotFound(drop.Name, _alerts.Keys);
        }

        await known.DisposeAsync().ConfigureAwait(false);
        _alerts = _alerts.Remove(drop.Name);
        await store.DeleteAsync(known.Spec, cancellation).ConfigureAwait(false);
        return $"dropped alert {drop.Name}";
    }

    /// <summary>Refuses to drop a view that an alert watches.</summary>
    public void CheckDrop(string view)
    {
        if (On(view).FirstOrDefault() is { } alert)
        {
            throw new TarnException(
                ErrorKind.Conflict, $"materialized view '{view}' is watched by alert '{alert.Name}'",
                hint: "drop the alert first");
        }
    }

    /// <summary>Refuses columns of a view under which the condition of an alert would mean nothing.</summary>
    public async Task CheckColumnsAsync(
        string view, IReadOnlyList<ViewColumn> columns, CancellationToken cancellation)
    {
        foreach (var alert in On(view))
        {
            try
            {
                await _condition.BindAsync(alert, columns, cancellation).ConfigureAwait(false);
            }
            catch (TarnException cause) when (cause.Kind is ErrorKind.Invalid or ErrorKind.NotFound)
            {
                throw new TarnException(
                    ErrorKind.Conflict, $"materialized view '{view}' is watched by alert '{alert.Name}'",
                    $"with the new columns its condition {alert.Condition} fails: {cause.Message}",
                    "drop the alert first", cause);
            }
        }
    }

    public static TarnException NotFound(string name, IEnumerable<string> known) =>
        new(ErrorKind.NotFound, $"alert '{name}' does not exist", hint: Suggestion.Hint(name, known));

    private IEnumerable<AlertSpec> On(string view) =>
        _alerts.Values.Select(alert => alert.Spec).Where(alert => alert.View == view);

    private static void CheckReplacement(Statement.CreateAlert create, AlertSpec known)
    {
        if (!create.OrReplace)
        {
            throw new TarnException(
                ErrorKind.AlreadyExists, $"alert '{known.Name}' exists with another definition", known.Print(),
                "use CREATE OR REPLACE ALERT, or choose another name");
        }

        if (create.Alert.View != known.View)
        {
            throw new TarnException(
                ErrorKind.Conflict, $"alert '{known.Name}' is on materialized view '{known.View}'",
                "what fires there would never be resolved", "drop the alert first, or choose another name");
        }
    }

    /// <summary>The same definition again changes nothing, but what has stopped is started again.</summary>
    private async Task<string> KeepAsync(AlertRunner known)
    {
        if (!known.HasFailed && !known.Outbox.HasStopped)
        {
            return $"alert {known.Spec.Name} is unchanged";
        }

        await known.DisposeAsync().ConfigureAwait(false);
        Launch(known.Spec);
        return $"resumed alert {known.Spec.Name}";
    }

    /// <summary>What is pending, firing or waits to be sent stays when an alert is replaced.</summary>
    private async Task<string> PutAsync(AlertSpec wanted, CancellationToken cancellation)
    {
        if (_alerts.GetValueOrDefault(wanted.Name) is not { } known)
        {
            wanted = wanted with { Id = ids.Next().ToString("N", CultureInfo.InvariantCulture) };
            await store.PutAsync(wanted, cancellation).ConfigureAwait(false);
            Launch(wanted);
            return $"created alert {wanted.Name}";
        }

        wanted = wanted with { Id = known.Spec.Id };
        await known.DisposeAsync().ConfigureAwait(false);
        try
        {
            await store.PutAsync(wanted, cancellation).ConfigureAwait(false);
        }
        catch (TarnException)
        {
            Launch(known.Spec);
            throw;
        }

        Launch(wanted);
        return $"replaced alert {wanted.Name}";
    }

    private void Launch(AlertSpec alert)
    {
        var outbox = new AlertOutbox(alert, store, sender, _pauses, time, ids, logger);
        var runner = new AlertRunner(
            alert, findView, _condition,
            (condition, columns) => new AlertEvaluator(duckDb, alert, condition, columns),
            store, outbox, options, time, logger);
        _alerts = _alerts.SetItem(alert.Name, runner);
        runner.Start();
    }
}
