using System.Collections.Frozen;

namespace Tarn.Aws.Athena;

/// <summary>
/// Category, type and whether it may work later, of a failed query:
/// https://docs.aws.amazon.com/athena/latest/ug/error-reference.html
/// </summary>
internal sealed record AthenaError(int Category, int Type, bool IsRetryable)
{
    private const int System = 1;
    private const int User = 2;

    private static readonly AthenaError Other = new(User, 1000, false);
    private static readonly AthenaError Unknown = new(System, 100, true);

    private static readonly FrozenDictionary<string, AthenaError> ByCode = new Dictionary<string, AthenaError>
    {
        ["DIVISION_BY_ZERO"] = new(User, 1001, false),
        ["TYPE_MISMATCH"] = new(User, 1002, false),
        ["SYNTAX_ERROR"] = new(User, 1006, false),
        ["COLUMN_NOT_FOUND"] = new(User, 1006, false),
        ["CATALOG_NOT_FOUND"] = new(User, 1006, false),
        ["INVALID_CAST_ARGUMENT"] = new(User, 1100, false),
        ["NUMERIC_VALUE_OUT_OF_RANGE"] = new(User, 1100, false),
        ["INVALID_PARAMETER_USAGE"] = new(User, 1100, false),
        ["INVALID_FUNCTION_ARGUMENT"] = new(User, 1106, false),
        ["TABLE_ALREADY_EXISTS"] = new(User, 1110, false),
        ["NOT_SUPPORTED"] = new(User, 1200, false),
        ["TABLE_NOT_FOUND"] = new(User, 1301, false),
        ["SCHEMA_NOT_FOUND"] = new(User, 1301, false),
        ["FUNCTION_NOT_FOUND"] = new(User, 1303, false),
        ["GENERIC_INTERNAL_ERROR"] = new(System, 200, false),
        ["EXCEEDED_MEMORY_LIMIT"] = new(System, 200, true),
        ["EXCEEDED_SPILL_LIMIT"] = new(System, 200, true),
        ["SERVER_RESTARTED"] = new(System, 100, true),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="code">Trino's code, or null when there is none.</param>
    public static AthenaError Of(string? code) => code is null ? Unknown : ByCode.GetValueOrDefault(code, Other);
}
