using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using NetTopologySuite.Operation.Distance;
using NetTopologySuite.Operation.Union;
using NetTopologySuite.Operation.Valid;
using NetTopologySuite.Simplify;
using Tarn.Primitives.Functions;
using Tarn.Sql.Functions.Native;
using static Tarn.Query.Geometry.GeometryText;
using Shape = NetTopologySuite.Geometries.Geometry;

namespace Tarn.Query.Geometry;

/// <summary>Making, comparing and combining shapes.</summary>
internal static class ShapeFunctions
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_st_from_text", (string text) => Write(Read(text))),
        Define.Of("tarn_st_line_from_text", (string text) =>
            Write(Only<LineString>("ST_LineFromText", "LINE_STRING", Read(text)))),
        Define.Of("tarn_st_polygon", (string text) => Write(Only<Polygon>("ST_Polygon", "POLYGON", Read(text)))),
        Define.Of("tarn_st_from_binary", (byte[] bytes) => Write(FromBinary(bytes))),
        Define.Of("tarn_st_as_binary", (string shape) => new WKBWriter().Write(Read(shape))),
        Define.Of("tarn_st_point", (double x, double y) => double.IsFinite(x) && double.IsFinite(y)
            ? Write(Factory.CreatePoint(new Coordinate(x, y)))
            : throw Define.Invalid("ST_Point coordinates must be finite")),
        Define.Of("tarn_st_line", (string?[] points) => Line(points)),
        Define.Of("tarn_st_multi_point", (string?[] points) => Multi(points)),
        Relation("contains", (a, b) => a.Contains(b)),
        Relation("crosses", (a, b) => a.Crosses(b)),
        Relation("disjoint", (a, b) => a.Disjoint(b)),
        Relation("equals", (a, b) => a.EqualsTopologically(b)),
        Relation("intersects", (a, b) => a.Intersects(b)),
        Relation("overlaps", (a, b) => a.Overlaps(b)),
        Relation("touches", (a, b) => a.Touches(b)),
        Relation("within", (a, b) => a.Within(b)),
        Define.Of("tarn_st_relate", (string a, string b, string pattern) => pattern.Length == 9
            ? Read(a).Relate(Read(b), pattern)
            : throw Define.Invalid($"Invalid relation pattern: {pattern}")),
        Combination("intersection", (a, b) => a.Intersection(b)),
        Combination("union", (a, b) => a.Union(b)),
        Combination("difference", (a, b) => a.Difference(b)),
        Combination("sym_difference", (a, b) => a.SymmetricDifference(b)),
        Define.Of("tarn_st_union_all", (string?[] shapes) => UnionAll(shapes)),
        Define.Of("tarn_st_hull_all", (string?[] shapes) => Known(shapes) is { Count: > 0 } known
            ? Write(Factory.CreateGeometryCollection([.. known]).ConvexHull())
            : null),
        Define.Of("tarn_st_buffer", (string shape, double distance) => distance >= 0 && double.IsFinite(distance)
            ? Write(Read(shape).Buffer(distance))
            : throw Define.Invalid(distance < 0 ? "distance is negative" : "distance is not finite")),
        Define.Of("tarn_st_simplify", (string shape, double tolerance) => tolerance >= 0
            ? Write(TopologyPreservingSimplifier.Simplify(Read(shape), tolerance))
            : throw Define.Invalid("distanceTolerance is negative")),
        Define.Of("tarn_st_distance", (string a, string b) => Distance(Read(a), Read(b))),
        Define.Of("tarn_st_nearest", (string a, string b) => Nearest(Read(a), Read(b))),
        Define.Of("tarn_st_is_valid", (string shape) => Read(shape).IsValid),
        Define.Of("tarn_st_invalid_reason", (string shape) => Reason(Read(shape))),
        Define.Of("tarn_st_is_simple", (string shape) => Read(shape).IsSimple),
    ];

    private static ScalarFunction Relation(string name, Func<Shape, Shape, bool> relation) =>
        Define.Of($"tarn_st_{name}", (string a, string b) => Guard(() => relation(Read(a), Read(b))));

    private static ScalarFunction Combination(string name, Func<Shape, Shape, Shape> combine) =>
        Define.Of($"tarn_st_{name}", (string a, string b) => Guard(() => Write(combine(Read(a), Read(b)))));

    private static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is TopologyException or ArgumentException)
        {
            throw Define.Invalid($"the geometry is not valid: {exception.Message}");
        }
    }

    private static List<Shape> Known(string?[] shapes) => [.. shapes.OfType<string>().Select(Read)];

    private static string? UnionAll(string?[] shapes) => Known(shapes) is { Count: > 0 } known
        ? Guard(() => Write(UnaryUnionOp.Union(known)))
        : null;

    private static string Line(string?[] points)
    {
        var coordinates = Coordinates("ST_LineString", points);
        for (var i = 1; i < coordinates.Length; i++)
        {
            if (coordinates[i].Equals2D(coordinates[i - 1]))
            {
                throw Define.Invalid(
                    $"Invalid input to ST_LineString: consecutive duplicate points at index {i + 1}");
            }
        }

        return Write(coordinates.Length < 2
            ? Factory.CreateLineString()
            : Factory.CreateLineString(coordinates));
    }

    private static string? Multi(string?[] points)
    {
        var coordinates = Coordinates("ST_MultiPoint", points);
        return coordinates.Length == 0 ? null : Write(Factory.CreateMultiPointFromCoords(coordinates));
    }

    private static Coordinate[] Coordinates(string function, string?[] points) => [.. points.Select((text, i) =>
        text is null ? throw Define.Invalid($"Invalid input to {function}: null at index {i + 1}")
        : Read(text) is not Point point ? throw Define.Invalid($"Invalid input to {function}: geometry is not a point")
        : point.IsEmpty ? throw Define.Invalid($"Invalid input to {function}: empty point at index {i + 1}")
        : point.Coordinate)];

    private static double? Distance(Shape a, Shape b) => a.IsEmpty || b.IsEmpty ? null : a.Distance(b);

    private static string?[]? Nearest(Shape a, Shape b) => a.IsEmpty || b.IsEmpty
        ? null
        : [.. DistanceOp.NearestPoints(a, b).Select(point => Write(Factory.CreatePoint(point)))];

    private static string? Reason(Shape shape) => new IsValidOp(shape).ValidationError is { } error
        ? error.Message + (error.Coordinate is { } at ? $" at or near ({at.X} {at.Y})" : "")
        : null;
}
