using Tarn.Primitives.Functions;
using Tarn.Sql.Functions.Native;

namespace Tarn.Sql.Functions;

/// <summary>
/// The functions in C# that translated SQL may call. Whoever runs translated text registers them with its instance.
/// </summary>
public static class SqlFunctions
{
    /// <summary>One list for the whole process; names begin with <c>tarn_</c>.</summary>
    public static IReadOnlyList<ScalarFunction> All { get; } =
    [
        .. TextNatives.All,
        .. NumberNatives.All,
        .. TimeNatives.All,
        .. RegexNatives.All,
        .. JsonNatives.All,
        .. JsonSqlNatives.All,
        .. UrlNatives.All,
        .. BinaryNatives.All,
        .. MathNatives.All,
        .. RowChecksums.All,
    ];
}
