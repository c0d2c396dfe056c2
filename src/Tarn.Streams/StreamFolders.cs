using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Tarn.Streams.Definitions;
using Tarn.Streams.Segments;
using Tarn.Streams.Shards;

namespace Tarn.Streams;

/// <summary>
/// The folders of streams. A folder is made before its resource and removed after it, so a folder without a resource is
/// what a crash between the two left behind.
/// </summary>
internal sealed partial class StreamFolders(
    StreamsOptions options, ISegmentDisk disk, ILogger<StreamFolders> logger)
{
    public ImmutableArray<ShardPlace> Places(StreamDefinition definition) =>
        [.. definition.Shards.Select(shard => new ShardPlace(
            definition.Name, definition.Id, shard.Number, PathOf(definition, shard)))];

    /// <summary>Makes the folders of a stream; on disk when it returns.</summary>
    public void Create(StreamDefinition definition)
    {
        foreach (var shard in definition.Shards)
        {
            Directory.CreateDirectory(PathOf(definition, shard));
        }

        disk.FlushDirectory(Path.Combine(options.Directory, definition.FolderName));
        disk.FlushDirectory(options.Directory);
    }

    public void Remove(StreamDefinition definition)
    {
        Directory.Delete(Path.Combine(options.Directory, definition.FolderName), recursive: true);
        disk.FlushDirectory(options.Directory);
    }

    /// <summary>Makes the root, and removes folders that no stream owns.</summary>
    public void Clean(IEnumerable<StreamDefinition> definitions)
    {
        Directory.CreateDirectory(options.Directory);
        var owned = definitions.Select(definition => definition.FolderName).ToHashSet(StringComparer.Ordinal);
        var orphans = Directory.EnumerateDirectories(options.Directory)
            .Where(folder => Guid.TryParseExact(Path.GetFileName(folder), "N", out _)
                && !owned.Contains(Path.GetFileName(folder)))
            .ToList();
        foreach (var orphan in orphans)
        {
            Directory.Delete(orphan, recursive: true);
            Orphan(orphan);
        }

        if (orphans.Count > 0)
        {
            disk.FlushDirectory(options.Directory);
        }
    }

    private string PathOf(StreamDefinition definition, ShardDefinition shard) =>
        Path.Combine(options.Directory, definition.FolderName, ShardDefinition.IdOf(shard.Number));

    [LoggerMessage(2121, LogLevel.Information, "{Folder}: removed, its stream was not fully created or deleted")]
    private partial void Orphan(string folder);
}
