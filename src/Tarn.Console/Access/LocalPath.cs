namespace Tarn.Console.Access;

/// <summary>Paths within the console, so that signing in never leads elsewhere.</summary>
internal static class LocalPath
{
    /// <summary>The path when it is one of this console, else <c>/</c>.</summary>
    public static string Parse(string? path) => IsLocal(path) ? path! : "/";

    public static bool IsLocal(string? path) =>
        path is ['/', ..] && !(path.Length > 1 && path[1] is '/' or '\\') && !path.Any(char.IsControl);
}
