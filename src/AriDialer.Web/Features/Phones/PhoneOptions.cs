using System.ComponentModel.DataAnnotations;

namespace AriDialer.Web.Features.Phones;

/// <summary>The phones of browser sessions (section <c>Phone</c>).</summary>
internal sealed class PhoneOptions
{
    /// <summary>How long a phone lasts after its page last asked for it, or up to a tenth less.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00", ErrorMessage = "Phone:SessionLasts must be between a minute and seven days.")]
    public TimeSpan SessionLasts { get; set; } = TimeSpan.FromHours(12);

    /// <summary>SIP sockets that one person may have open at once.</summary>
    [Range(1, 100, ErrorMessage = "Phone:SocketsPerPerson must be between 1 and 100.")]
    public int SocketsPerPerson { get; set; } = 10;

    /// <summary>How often a SIP socket that is silent is asked for a sign of life, towards the browser and towards Asterisk.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "Phone:PingEvery must be between a second and a minute.")]
    public TimeSpan PingEvery { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the sign may take: a browser that is gone without a word is noticed after this and <see cref="PingEvery"/> together.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "Phone:PongWithin must be between a second and a minute.")]
    public TimeSpan PongWithin { get; set; } = TimeSpan.FromSeconds(4);
}
