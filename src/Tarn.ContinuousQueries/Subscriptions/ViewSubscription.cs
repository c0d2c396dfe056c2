using System.Runtime.CompilerServices;
using Tarn.ContinuousQueries.Runtime;

namespace Tarn.ContinuousQueries.Subscriptions;

/// <summary>One reader of a view. Keeps no queue: when it is ready for more, it asks what changed since the version it
/// has.</summary>
/// <param name="since">What the reader has already, or null.</param>
internal sealed class ViewSubscription(
    string name, TimeSpan interval, ViewPosition? since, Func<string, ViewRunner?> find, TimeProvider time)
{
    /// <summary>
    /// Ends when the view is dropped or the server stops. A view that does not know what the reader has, such as a
    /// replaced one, begins with a snapshot.
    /// </summary>
    public async IAsyncEnumerable<ViewChanges> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var position = since;
        while (find(name) is { IsStopping: false } view)
        {
            var version = position is null
                ? null : await ResumeAsync(view, position, cancellation).ConfigureAwait(false);
            while (await NextAsync(view, version, cancellation).ConfigureAwait(false) is { } rows)
            {
                version = rows.Version;
                position = new ViewPosition(view.Incarnation, rows.Version);
                yield return rows.ToChanges(view.Spec.Columns, view.Incarnation);
                await Task.Delay(interval, time, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The version that a reader has; null when the view cannot tell what changed since.</summary>
    private static async Task<long?> ResumeAsync(
        ViewRunner view, ViewPosition position, CancellationToken cancellation)
    {
        try
        {
            return await view.VersionOfAsync(position, cancellation).ConfigureAwait(false);
        }
        catch (Primitives.Errors.TarnException)
        {
            // Reading it says the same.
            return null;
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
