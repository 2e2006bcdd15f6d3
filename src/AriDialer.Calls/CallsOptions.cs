using System.ComponentModel.DataAnnotations;

namespace AriDialer.Calls;

/// <summary>How calls behave where nobody says otherwise.</summary>
public sealed class CallsOptions
{
    /// <summary>How long the place of somebody whose phone was lost is kept in a call, with music for the others.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00", ErrorMessage = "Calls:KeepPlaceFor must be between two seconds and ten minutes.")]
    public TimeSpan KeepPlaceFor { get; set; } = TimeSpan.FromSeconds(30);
}
