using System.Globalization;

namespace Tarn.DuckDb.Instances;

/// <summary>The statements that limit and confine a fresh instance, in the order in which they must run.</summary>
internal static class DuckDbSettings
{
    /// <summary>
    /// What each session sets for itself, the only settings left open: DuckDB counts progress only while its bar is on,
    /// and has no instance-wide switch for it. Nothing is printed.
    /// </summary>
    public const string Session =
        "SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET progress_bar_time = 0";

    public static IEnumerable<string> Statements(DuckDbOptions options)
    {
        yield return Invariant($"SET memory_limit = '{options.MemoryBytesMax}B'");
        yield return Invariant($"SET threads = {options.Threads}");
        yield return $"SET temp_directory = {Text(options.TempDirectory)}";
        yield return Invariant($"SET max_temp_directory_size = '{options.SpillBytesMax}B'");
        yield return "SET GLOBAL TimeZone = 'UTC'";
        yield return $"SET preserve_insertion_order = {(options.PreservesOrder ? "true" : "false")}";

        yield return "SET autoinstall_known_extensions = false";
        yield return "SET autoload_known_extensions = false";
        yield return "SET allow_community_extensions = false";
        yield return "SET allow_persistent_secrets = false";
        yield return $"SET allowed_directories = [{string.Join(", ", options.AllowedDirectories.Select(Text))}]";
        yield return "SET enable_external_access = false";
        yield return "SET allowed_configs = ['enable_progress_bar', 'enable_progress_bar_print', 'progress_bar_time']";
        yield return "SET lock_configuration = true";
    }

    private static string Text(string value) => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
