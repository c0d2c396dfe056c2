namespace Tarn.Aws.Tests.Scenes;

/// <summary>
/// Every file in a scene's directory but its databases and its audit log: objects, bytes on their way and parts, and
/// whatever should not be there.
/// </summary>
internal sealed class LakeFiles
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(20);

    private readonly AwsScene _scene;

    private LakeFiles(AwsScene scene)
    {
        _scene = scene;
        Paths = Read();
    }

    /// <summary>Relative, as they were.</summary>
    public IReadOnlySet<string> Paths { get; }

    public static LakeFiles Of(AwsScene scene) => new(scene);

    /// <summary>Files that have come since.</summary>
    public IReadOnlyList<string> Added() => [.. Read().Except(Paths).Order(StringComparer.Ordinal)];

    /// <summary>Asserts that the same files are there.</summary>
    public void MustBeSame() => Assert.Equal(Paths.Order(), Read().Order());

    /// <summary>Waits until files have come, or until none is left of them.</summary>
    public async Task UntilAsync(bool isChanged)
    {
        using var limit = new CancellationTokenSource(TimeMax);
        while (Read().SetEquals(Paths) == isChanged)
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private HashSet<string> Read() => Directory
        .EnumerateFiles(_scene.DataDirectory, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(_scene.DataDirectory, path))
        .Where(path => path.Contains('/', StringComparison.Ordinal)
            ? !path.StartsWith("streams/", StringComparison.Ordinal)
            : !path.StartsWith("metadata.db", StringComparison.Ordinal)
                && !path.StartsWith("audit", StringComparison.Ordinal))
        .ToHashSet(StringComparer.Ordinal);
}
