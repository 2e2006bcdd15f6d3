namespace AriDialer.Web.Features.Recording;

/// <summary>Who may do what with recordings (section <c>Recording</c>).</summary>
internal sealed class RecordingOptions
{
    /// <summary>Agents may listen to the calls that they took part in. Supervisors may listen to all.</summary>
    public bool AgentsMayListen { get; set; } = true;

    /// <summary>Agents may also take a copy of these.</summary>
    public bool AgentsMayDownload { get; set; }
}
