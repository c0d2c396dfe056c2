using System.Runtime.CompilerServices;
using Tarn.ContinuousQueries.Runtime;

namespace Tarn.ContinuousQueries.Subscriptions;

/// <summary>One reader of a view. Keeps no queue: when it is ready for more, it asks what changed since the version it
/// has.</summary>
internal sealed class ViewSubscription(string name, TimeSpan interval, Func<string, ViewRunner?> find,
    TimeProvider time)
{
    /// <summary>Ends when the view is dropped or the server stops; a replaced view begins anew with a
    /// snapshot.</summary>
    public async IAsyncEnumerable<ViewChanges> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (find(name) is { IsStopping: false } view)
        {
            long? version = null;
            while (await NextAsync(view, version, cancellation).ConfigureAwait(false) is { } rows)
            {
                version = rows.Version;
                yield return rows.ToChanges(view.Spec.Columns);
                await Task.Delay(interval, time, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The rows to send next, or null when the view was stopped. Throws the view's error.</summary>
    private static async Task<ViewRows?> NextAsync(ViewRunner view, long? version, CancellationToken cancellation)
    {
        if (version is { } known)
        {
            await view.WaitForChangeAsync(known, cancellation).ConfigureAwait(false);
        }

        if (view.IsStopping)
        {
            return null;
        }

        try
        {
            return await view.ReadAsync(version, cancellation).ConfigureAwait(false);
        }
        catch (Primitives.Errors.TarnException) when (view.IsStopping && view.Error is null)
        {
            return null;
        }
    }
}
