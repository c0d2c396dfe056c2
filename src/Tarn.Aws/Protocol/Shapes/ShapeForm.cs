namespace Tarn.Aws.Protocol.Shapes;

/// <summary>AWS has some structures three times, with other names and other members that must be there.</summary>
internal enum ShapeForm
{
    /// <summary>As something is created; members that are needed must be there.</summary>
    Configuration,

    /// <summary>As it is changed: what is absent stays as it is.</summary>
    Update,

    /// <summary>As it is described.</summary>
    Description,
}
