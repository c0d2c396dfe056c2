using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Runtime;
using Tarn.Primitives.Errors;
using Tarn.Streams;
using Tarn.Streams.Metrics;

namespace Tarn.ContinuousQueries.Succession;

/// <summary>
/// New versions of views. Each counts beside the one that is read, and takes its place in one step:
/// <code>
/// 1 it catches up, again until that takes no time worth mentioning
/// 2 between two statements: the one that is read stops counting and stays readable
/// 3 the new one counts what that has counted: nobody sees the view go back
/// 4 the definitions change in one write; readers get the new one, the old one's files go
/// </code>
/// What fails before 4 leaves the view that is read. Changed while no statement runs; read by any thread.
/// </summary>
internal sealed partial class ViewSuccessors(
    IViewPlaces places, DefinitionStore definitions, IStreams streams, IStreamFigures figures, TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan Close = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HaltMax = TimeSpan.FromSeconds(10);
    private readonly List<IViewDependants> _dependants = [];
    private ImmutableSortedDictionary<string, ViewRunner> _byName = ImmutableSortedDictionary.Create<string,
        ViewRunner>(StringComparer.Ordinal);
    private Task _swaps = Task.CompletedTask;

    public IEnumerable<ViewRunner> All => _byName.Values;

    /// <summary>Completes when no version waits to take its place any longer.</summary>
    public Task Ended => _swaps;

    /// <summary>The version that is to take the place of the view of that name, or null.</summary>
    public ViewRunner? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Lets something refuse replacements from now on. While the engine is put together.</summary>
    public void Add(IViewDependants dependants) => _dependants.Add(dependants);

    public BackfillStatus? Status(string name) =>
        Find(name) is { } successor ? BackfillProgress.Of(successor, streams, figures) : null;

    /// <summary>Begins a version, in the place of one that was under way.</summary>
    public async Task BeginAsync(ViewSpec view, ViewSpec successor, CancellationToken cancellation)
    {
        _dependants.ForEach(dependant => dependant.CheckReplacement(view, successor));
        await definitions.PutSuccessorAsync(successor, cancellation).ConfigureAwait(false);
        var former = Find(view.Name);
        Resume(successor);
        if (former is not null)
        {
            await places.RetireAsync(former).ConfigureAwait(false);
        }
    }

    /// <summary>Lets a version count until it may take its view's place.</summary>
    public void Resume(ViewSpec spec)
    {
        var successor = places.Launch(spec);
        _byName = _byName.SetItem(spec.Name, successor);
        _swaps = Task.WhenAll(_swaps, FollowAsync(successor));
    }

    /// <summary>Starts a version that has stopped with an error again, from its snapshot.</summary>
    public async Task RetryAsync(string name)
    {
        if (Find(name) is { Error: not null } failed)
        {
            await failed.StopAsync().ConfigureAwait(false);
            Resume(failed.Spec);
        }
    }

    /// <summary>Stops a version for good, if there is one.</summary>
    public async Task ForgetAsync(string name, CancellationToken cancellation)
    {
        if (Find(name) is { } successor)
        {
            await definitions.DeleteSuccessorAsync(name, cancellation).ConfigureAwait(false);
            _byName = _byName.Remove(name);
            await places.RetireAsync(successor).ConfigureAwait(false);
        }
    }

    /// <summary>Throws Conflict while a new version of the view counts.</summary>
    public void RefuseWhileAny(string name)
    {
        if (_byName.ContainsKey(name))
        {
            throw new TarnException(
                ErrorKind.Conflict, $"materialized view '{name}' is being counted anew",
                hint: "wait for the end of its backfill");
        }
    }

    /// <summary>Throws Conflict while a version reads the source that does not stay as it is.</summary>
    public void RefuseWhileRead(string source)
    {
        if (All.FirstOrDefault(view => view.Spec.Inputs().Any(input => input.Source == source)) is { } reader)
        {
            throw new TarnException(
                ErrorKind.Conflict,
                $"source '{source}' is read by the new version of materialized view '{reader.Spec.Name}'",
                hint: "wait for the end of its backfill");
        }
    }

    private async Task FollowAsync(ViewRunner successor)
    {
        try
        {
            while (true)
            {
                long began;
                do
                {
                    began = time.GetTimestamp();
                    await successor.CatchUpAsync(CancellationToken.None).ConfigureAwait(false);
                }
                while (time.GetElapsedTime(began) > Close);
                if (await TrySwapAsync(successor).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (TarnException cause)
        {
            NotSwapped(successor.Spec.Name, cause.Message);
        }
    }

    /// <summary>False: it fell behind, and has to catch up once more.</summary>
    private async Task<bool> TrySwapAsync(ViewRunner successor)
    {
        var done = true;
        await places.ChangeAsync(successor.Spec.Name, async view =>
        {
            if (Find(view.Spec.Name) == successor)
            {
                done = await SwapAsync(view, successor).ConfigureAwait(false);
            }
        }, CancellationToken.None).ConfigureAwait(false);
        return done;
    }

    private async Task<bool> SwapAsync(ViewRunner view, ViewRunner successor)
    {
        await view.HaltAsync().ConfigureAwait(false);
        try
        {
            using var late = new CancellationTokenSource(HaltMax, time);
            await successor.ReachAsync(view, late.Token).ConfigureAwait(false);
            await definitions.SwapAsync(successor.Spec, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception cause)
        {
            if (view.Error is null)
            {
                await places.RestartAsync(view, view.Spec).ConfigureAwait(false);
            }

            if (cause is OperationCanceledException)
            {
                return false;
            }

            throw;
        }

        places.Put(successor);
        _byName = _byName.Remove(view.Spec.Name);
        await places.RetireAsync(view).ConfigureAwait(false);
        return true;
    }

    [LoggerMessage(6002, LogLevel.Warning,
        "the new version of materialized view '{View}' is not in its place: {Reason}")]
    private partial void NotSwapped(string view, string reason);
}
