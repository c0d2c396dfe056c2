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

    /// <summary>Makes the folders of further shards; on disk when it returns.</summary>
    public void Add(StreamDefinition definition, IEnumerable<uint> shards)
    {
        var folder = Path.Combine(options.Directory, definition.FolderName);
        foreach (var shard in shards)
        {
            Directory.CreateDirectory(Path.Combine(folder, ShardDefinition.IdOf(shard)));
        }

        disk.FlushDirectory(folder);
    }

    public void Remove(StreamDefinition definition)
    {
        Directory.Delete(Path.Combine(options.Directory, definition.FolderName), recursive: true);
        disk.FlushDirectory(options.Directory);
    }

    /// <summary>Removes the folder of a shard that the definition no longer names; at the latest at start.</summary>
    public void Remove(ShardPlace shard)
    {
        try
        {
            Directory.Delete(shard.Directory, recursive: true);
            disk.FlushDirectory(Path.GetDirectoryName(shard.Directory)!);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            Stays(shard.Directory, cause);
        }
    }

    /// <summary>Makes the root, and removes folders that no stream or no shard owns.</summary>
    public void Clean(IReadOnlyList<StreamDefinition> definitions)
    {
        Directory.CreateDirectory(options.Directory);
        RemoveOthers(
            options.Directory,
            folder => Guid.TryParseExact(folder, "N", out _),
            definitions.Select(definition => definition.FolderName));
        foreach (var definition in definitions)
        {
            RemoveOthers(
                Path.Combine(options.Directory, definition.FolderName),
                folder => folder.StartsWith(ShardDefinition.IdPrefix, StringComparison.Ordinal),
                definition.Shards.Select(shard => ShardDefinition.IdOf(shard.Number)));
        }
    }

    private void RemoveOthers(string directory, Func<string, bool> isOurs, IEnumerable<string> owned)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        var keep = owned.ToHashSet(StringComparer.Ordinal);
        var orphans = Directory.EnumerateDirectories(directory)
            .Where(folder => Path.GetFileName(folder) is var name && isOurs(name) && !keep.Contains(name))
            .ToList();
        foreach (var orphan in orphans)
        {
            Directory.Delete(orphan, recursive: true);
            Orphan(orphan);
        }

        if (orphans.Count > 0)
        {
            disk.FlushDirectory(directory);
        }
    }

    private string PathOf(StreamDefinition definition, ShardDefinition shard) =>
        Path.Combine(options.Directory, definition.FolderName, ShardDefinition.IdOf(shard.Number));

    [LoggerMessage(2122, LogLevel.Warning, "{Folder}: past retention, stays until restart")]
    private partial void Stays(string folder, Exception cause);

    [LoggerMessage(2121, LogLevel.Information, "{Folder}: removed, its stream or shard was not fully made or removed")]
    private partial void Orphan(string folder);
}
