using NetTopologySuite.Geometries;
using NetTopologySuite.LinearReferencing;
using Tarn.Primitives.Functions;
using Tarn.Sql.Functions.Native;
using static Tarn.Query.Geometry.GeometryText;
using Shape = NetTopologySuite.Geometries.Geometry;

namespace Tarn.Query.Geometry;

/// <summary>Parts and measures of a shape.</summary>
internal static class PartFunctions
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_st_x", (string shape) => Ordinate("ST_X", shape, point => point.X)),
        Define.Of("tarn_st_y", (string shape) => Ordinate("ST_Y", shape, point => point.Y)),
        Define.Of("tarn_st_x_min", (string shape) => Bound(shape, box => box.MinX)),
        Define.Of("tarn_st_x_max", (string shape) => Bound(shape, box => box.MaxX)),
        Define.Of("tarn_st_y_min", (string shape) => Bound(shape, box => box.MinY)),
        Define.Of("tarn_st_y_max", (string shape) => Bound(shape, box => box.MaxY)),
        Define.Of("tarn_st_area", (string shape) => Read(shape).Area),
        Define.Of("tarn_st_length", (string shape) => Read(shape) is LineString or MultiLineString
            ? Read(shape).Length
            : throw WrongKind("ST_Length", "LINE_STRING or MULTI_LINE_STRING", Read(shape))),
        Define.Of("tarn_st_boundary", (string shape) => Write(Read(shape).Boundary)),
        Define.Of("tarn_st_centroid", (string shape) => Write(Read(shape).Centroid)),
        Define.Of("tarn_st_convex_hull", (string shape) => Write(Read(shape).ConvexHull())),
        Define.Of("tarn_st_envelope", (string shape) => Write(Read(shape).IsEmpty
            ? Factory.CreatePolygon()
            : Factory.ToGeometry(Read(shape).EnvelopeInternal))),
        Define.Of("tarn_st_envelope_points", (string shape) => Corners(Read(shape).EnvelopeInternal)),
        Define.Of("tarn_st_dimension", (string shape) => (int)Read(shape).Dimension),
        Define.Of("tarn_st_type", (string shape) => "ST_" + Read(shape).GeometryType),
        Define.Of("tarn_st_is_empty", (string shape) => Read(shape).IsEmpty),
        Define.Of("tarn_st_is_closed", (string shape) => Read(shape) switch
        {
            LineString line => line.IsClosed,
            MultiLineString lines => lines.IsClosed,
            var other => throw WrongKind("ST_IsClosed", "LINE_STRING or MULTI_LINE_STRING", other),
        }),
        Define.Of("tarn_st_is_ring", (string shape) => Line("ST_IsRing", shape).IsRing),
        Define.Of("tarn_st_num_points", (string shape) => (long)PointCount(Read(shape))),
        Define.Of("tarn_st_num_geometries", (string shape) => Read(shape).IsEmpty ? 0L : Read(shape).NumGeometries),
        Define.Of("tarn_st_num_rings", (string shape) => (long)Area("ST_NumInteriorRing", shape).NumInteriorRings),
        Define.Of("tarn_st_geometry_n", (string shape, long n) =>
            Read(shape) is { IsEmpty: false } whole && n >= 1 && n <= whole.NumGeometries
                ? Write(whole.GetGeometryN((int)n - 1))
                : null),
        Define.Of("tarn_st_geometries", (string shape) => Read(shape) is { IsEmpty: false } whole
            ? Texts(Enumerable.Range(0, whole.NumGeometries).Select(whole.GetGeometryN))
            : null),
        Define.Of("tarn_st_exterior", (string shape) => Area("ST_ExteriorRing", shape) is { IsEmpty: false } area
            ? Write(Open(area.ExteriorRing))
            : null),
        Define.Of("tarn_st_interiors", (string shape) => Area("ST_InteriorRings", shape) is { IsEmpty: false } area
            ? Texts(area.InteriorRings.Select(Open))
            : null),
        Define.Of("tarn_st_interior_n", (string shape, long n) =>
            Area("ST_InteriorRingN", shape) is var area && n >= 1 && n <= area.NumInteriorRings
                ? Write(Open(area.GetInteriorRingN((int)n - 1)))
                : null),
        Define.Of("tarn_st_point_n", (string shape, long n) =>
            Line("ST_PointN", shape) is var line && n >= 1 && n <= line.NumPoints
                ? Write(line.GetPointN((int)n - 1))
                : null),
        Define.Of("tarn_st_start", (string shape) => Line("ST_StartPoint", shape) is { IsEmpty: false } line
            ? Write(line.StartPoint)
            : null),
        Define.Of("tarn_st_end", (string shape) => Line("ST_EndPoint", shape) is { IsEmpty: false } line
            ? Write(line.EndPoint)
            : null),
        Define.Of("tarn_st_points", (string shape) => Read(shape) is { IsEmpty: false } whole
            ? Texts(whole.Coordinates.Select(point => Factory.CreatePoint(point)))
            : null),
        Define.Of("tarn_st_locate", (string line, string point) => Locate(line, point)),
        Define.Of("tarn_st_interpolate", (string line, double share) => Interpolate(line, share)?[0]),
        Define.Of("tarn_st_interpolate_all", (string line, double share) => Interpolate(line, share)),
    ];

    private static double? Ordinate(string function, string shape, Func<Point, double> take) =>
        Only<Point>(function, "POINT", Read(shape)) is { IsEmpty: false } point ? take(point) : null;

    private static double? Bound(string shape, Func<Envelope, double> take) =>
        Read(shape) is { IsEmpty: false } whole ? take(whole.EnvelopeInternal) : null;

    private static LineString Line(string function, string shape) =>
        Only<LineString>(function, "LINE_STRING", Read(shape));

    private static Polygon Area(string function, string shape) => Only<Polygon>(function, "POLYGON", Read(shape));

    private static LineString Open(LineString ring) => Factory.CreateLineString(ring.Coordinates);

    private static string?[] Texts(IEnumerable<Shape> shapes) => [.. shapes.Select(Write)];

    private static string?[]? Corners(Envelope box) => box.IsNull
        ? null
        : Texts([
            Factory.CreatePoint(new Coordinate(box.MinX, box.MinY)),
            Factory.CreatePoint(new Coordinate(box.MaxX, box.MaxY)),
        ]);

    /// <summary>The point that closes a ring is not counted twice.</summary>
    private static int PointCount(Shape shape) => shape switch
    {
        Polygon area when !area.IsEmpty => area.NumPoints - 1 - area.NumInteriorRings,
        MultiPolygon or GeometryCollection and not (MultiPoint or MultiLineString) =>
            Enumerable.Range(0, shape.NumGeometries).Sum(i => PointCount(shape.GetGeometryN(i))),
        _ => shape.NumPoints,
    };

    private static double? Locate(string line, string point)
    {
        var track = Read(line);
        if (track is not (LineString or MultiLineString))
        {
            throw Define.Invalid($"First argument to line_locate_point must be a LineString. Got: {Kind(track)}");
        }

        if (Read(point) is not Point place)
        {
            throw Define.Invalid($"Second argument to line_locate_point must be a Point. Got: {Kind(Read(point))}");
        }

        return track.IsEmpty || place.IsEmpty
            ? null
            : new LengthIndexedLine(track).IndexOf(place.Coordinate) / track.Length;
    }

    private static string?[]? Interpolate(string line, double share)
    {
        var track = Only<LineString>("line_interpolate_point", "LINE_STRING", Read(line));
        if (share is not (>= 0 and <= 1))
        {
            throw Define.Invalid("fraction must be between 0 and 1");
        }

        if (track.IsEmpty)
        {
            return null;
        }

        var indexed = new LengthIndexedLine(track);
        var steps = share == 0 ? 1 : (int)Math.Floor((1 / share) + 1e-9);
        return Texts(Enumerable.Range(1, steps)
            .Select(step => Factory.CreatePoint(indexed.ExtractPoint(share * step * track.Length))));
    }
}
