namespace Tarn.Commands.Sql;

/// <summary>
/// Statements of earlier sessions and this one, oldest first, in a file of the user alone: a line each, line breaks as
/// <c>\n</c>, backslashes doubled. What cannot be written is forgotten at the end: a history is no data.
/// </summary>
internal sealed class LineHistory
{
    private const int EntriesMax = 1000;

    private readonly List<string> entries;
    private readonly string? path;

    private LineHistory(string? path, List<string> entries) => (this.path, this.entries) = (path, entries);

    public IReadOnlyList<string> Entries => entries;

    /// <param name="path">Null: nothing is kept.</param>
    public static LineHistory Load(string? path)
    {
        try
        {
            var lines = path is null || !File.Exists(path) ? [] : File.ReadAllLines(path);
            return new LineHistory(path, [.. lines.TakeLast(EntriesMax).Select(Read)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new LineHistory(null, []);
        }
    }

    public void Add(string statement)
    {
        if (string.IsNullOrWhiteSpace(statement) || (entries.Count > 0 && entries[^1] == statement))
        {
            return;
        }

        entries.Add(statement);
        if (path is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new StreamWriter(path, options);
            file.Write(Write(statement) + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The session goes on without it.
        }
    }

    internal static string Write(string statement) => statement
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\r", "", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    internal static string Read(string line)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length)
            {
                text.Append(line[++i] == 'n' ? '\n' : line[i]);
            }
            else
            {
                text.Append(line[i]);
            }
        }

        return text.ToString();
    }
}
