using System.Collections.Concurrent;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// What S3 services differ in without saying so. It is tried when it first matters: a condition that the service would
/// ignore is refused here by name. Thread-safe.
/// </summary>
internal sealed class RemoteAbilities(RemoteService service) : IDisposable
{
    private readonly ConcurrentDictionary<(string What, RemoteWrite Write), bool> _known = [];
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Fails with Unsupported.</summary>
    public async Task CheckAsync(PutCondition? condition, RemoteWrite write, CancellationToken cancellation)
    {
        const string IfAbsent = "If-None-Match", IfMatch = "If-Match";
        if (condition is { IfAbsent: true }
            && !await KnowAsync(IfAbsent, write, probe => probe.HonoursIfAbsentAsync(write), cancellation)
                .ConfigureAwait(false))
        {
            throw Refused(IfAbsent, write);
        }

        if (condition is { IfMatch: not null }
            && !await KnowAsync(IfMatch, write, probe => probe.HonoursIfMatchAsync(write), cancellation)
                .ConfigureAwait(false))
        {
            throw Refused(IfMatch, write);
        }
    }

    /// <summary>HEAD says how many tags there are; else they are asked for each time.</summary>
    public Task<bool> CountsTagsAsync(CancellationToken cancellation) =>
        KnowAsync("tags", RemoteWrite.Put, probe => probe.CountsTagsAsync(), cancellation);

    public void Dispose() => _turn.Dispose();

    private static TarnException Refused(string condition, RemoteWrite write)
    {
        var writes = write switch
        {
            RemoteWrite.Copy => "copies",
            RemoteWrite.Completion => "uploads in parts",
            _ => "puts",
        };
        return new TarnException(
            ErrorKind.Unsupported,
            $"the storage does not honour {condition} of {writes}",
            "it would overwrite what must not be overwritten, or never write")
        {
            Code = "NotImplemented",
        };
    }

    private async Task<bool> KnowAsync(
        string what, RemoteWrite write, Func<RemoteProbe, Task<bool>> ask, CancellationToken cancellation)
    {
        if (_known.TryGetValue((what, write), out var known))
        {
            return known;
        }

        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!_known.TryGetValue((what, write), out known))
            {
                known = await ask(new RemoteProbe(service, cancellation)).ConfigureAwait(false);
                _known[(what, write)] = known;
            }

            return known;
        }
        finally
        {
            _turn.Release();
        }
    }
}
