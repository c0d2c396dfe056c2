using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Streams.Definitions;
using Tarn.Streams.Shards;

namespace Tarn.Streams.Resharding;

/// <summary>
/// Carries a plan out. One at a time per stream; the caller sees to that.
/// <code>
///  1  make the children's folders        nobody knows them yet; a start removes folders that no definition names
///  2  seal the parents                   in their committers' turns: appends that come now are held back
///  3  store the definition               the moment it happens: before, the parents are open; after, the children
///  4  show the stream with its children
///  5  end the parents                    readers at their ends are woken, what was held back goes to the children
/// </code>
/// When 1 to 3 fail, the parents open again and write what was held back. Between 2 and 5 nothing is cancelled.
/// </summary>
internal sealed partial class Resharder(
    StreamFolders folders, StreamResources resources, TimeProvider clock, ILogger<Resharder> logger)
{
    /// <param name="stream">As it is.</param>
    /// <param name="definition">Its definition with whatever else changes along with the shards.</param>
    /// <param name="plan">Made for this stream.</param>
    /// <param name="show">Opens the children and makes them known, without touching the disk.</param>
    public async Task RunAsync(
        OpenStream stream, StreamDefinition definition, ReshardPlan plan, Action<StreamDefinition> show)
    {
        // 1
        MakeFolders(definition, plan);

        // 2
        var parents = plan.Closes.ToDictionary(number => number, stream.LogOf);
        var sealing = parents.ToDictionary(parent => parent.Key, parent => parent.Value.SealAsync());
        try
        {
            await Task.WhenAll(sealing.Values);
            definition = plan.Complete(
                definition,
                sealing.ToDictionary(shard => shard.Key, shard => shard.Value.Result),
                clock.GetUtcNow().ToUnixTimeMilliseconds());

            // 3
            await resources.ReplaceAsync(definition, CancellationToken.None);
        }
        catch
        {
            foreach (var (number, log) in parents)
            {
                if (sealing[number].IsCompletedSuccessfully)
                {
                    log.Unseal();
                }
            }

            throw;
        }

        // 4
        show(definition);

        // 5
        await Task.WhenAll(parents.Values.Select(log => log.EndAsync()));
        Resharded(definition.Name, string.Join(", ", plan.Closes), string.Join(", ", plan.Opens.Select(s => s.Number)));
    }

    private void MakeFolders(StreamDefinition definition, ReshardPlan plan)
    {
        try
        {
            folders.Add(definition, plan.Opens.Select(sketch => sketch.Number));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new TarnException(
                ErrorKind.Unavailable,
                $"stream '{definition.Name}' could not be given new shards",
                cause.Message,
                "free disk space, then retry",
                cause);
        }
    }

    [LoggerMessage(2131, LogLevel.Information, "stream '{Stream}': shards {Closed} closed, {Opened} opened")]
    private partial void Resharded(string stream, string closed, string opened);
}
