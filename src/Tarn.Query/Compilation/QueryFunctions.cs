using Tarn.Primitives.Functions;
using Tarn.Query.Buckets;
using Tarn.Query.Geometry;
using Tarn.Sql.Functions;

namespace Tarn.Query.Compilation;

/// <summary>The functions in C# that a compiled query may call.</summary>
public static class QueryFunctions
{
    /// <summary>One list for the whole process.</summary>
    public static IReadOnlyList<ScalarFunction> All { get; } = 
        [.. SqlFunctions.All, .. GeometryFunctions.All, .. BucketFunctions.All];
}
