using Tarn.Primitives.Functions;

namespace Tarn.Query.Geometry;

/// <summary>
/// The functions behind the ST_ names of the function table; they stand here for their geometry library.
/// </summary>
internal static class GeometryFunctions
{
    public static IEnumerable<ScalarFunction> All { get; } =
        [.. ShapeFunctions.All, .. PartFunctions.All, .. EarthFunctions.All, .. TileFunctions.All];
}
