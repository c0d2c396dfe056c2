namespace Tarn.DuckDb.FileReads;

/// <summary>One statement's files; see <see cref="IFileReads"/>.</summary>
internal sealed class FileReadCount(FileReadCounts counts, Action<long> onRead) : IFileReads
{
    private readonly Dictionary<string, string> _spelled = new(StringComparer.Ordinal);

    public string PathOf(string path, long length)
    {
        lock (_spelled)
        {
            if (!_spelled.TryGetValue(path, out var spelled))
            {
                _spelled[path] = spelled = counts.Add(path, new CountedFile(length, onRead));
            }

            return spelled;
        }
    }

    public void Dispose()
    {
        lock (_spelled)
        {
            foreach (var spelled in _spelled.Values)
            {
                counts.Remove(spelled);
            }

            _spelled.Clear();
        }
    }
}
