namespace Tarn.Sql.Functions;

/// <summary>Where a function may stand.</summary>
internal enum FunctionKind
{
    Scalar,
    Aggregate,
    Window,
}
