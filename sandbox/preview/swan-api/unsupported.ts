import { nullObject } from '../runtime/null-object';
import { callAsyncUnchecked } from './callbacks';
import { HostError, type HostAdapter } from './host-adapter';

/** Functions of a phone that the preview lacks: they fail with a message. */
const CALLS =
  'addPhoneContact addToFavor ai authorize checkSession chooseAddress chooseAlbum chooseImage chooseInvoiceTitle ' +
  'chooseLocation chooseVideo closeBLEConnection closeSocket compressImage downloadFile getAuthorize getBatteryInfo ' +
  'getFavorStatus getFileInfo getImageInfo getLocation getPhoneNumber getSavedFileInfo getSavedFileList ' +
  'getScreenBrightness getSetting getStepsInfo getSwanId getUserInfo makePhoneCall navigateBackSmartProgram ' +
  'navigateToSmartProgram openBdboxWebview openCommunityEditor openDocument openLocation openReplyEditor openSetting ' +
  'openShare previewImage previewVideo removeSavedFile requestSubscribeMessage saveFile saveImageToPhotosAlbum ' +
  'saveVideoToPhotosAlbum scanCode sendSocketMessage setScreenBrightness share shareFile shareVideo showFavorDialog ' +
  'startAccelerometer startCompass startDeviceMotionListening startGyroscope stopAccelerometer stopCompass ' +
  'stopDeviceMotionListening stopGyroscope subscribeService uploadFile';

/** Functions whose effect cannot be seen here, or is not drawn: they succeed. */
const WITHOUT_EFFECT =
  'hideHomeButton hideNavigationBarLoading hideShareMenu hideTabBar hideTabBarRedDot insertToFavor ' +
  'preloadSubPackage removeTabBarBadge reportAnalytics setBackgroundColor setBackgroundTextStyle setKeepScreenOn ' +
  'setMetaDescription setMetaKeywords setPageInfo setTabBarBadge setTabBarItem setTabBarStyle ' +
  'showNavigationBarLoading showShareMenu showTabBar showTabBarRedDot startPullDownRefresh stopPullDownRefresh ' +
  'vibrateLong vibrateShort pageScrollTo';

/** Functions that take a listener, which is never called. */
const LISTENERS =
  'offAccelerometerChange offAppHide offAppShow offCompassChange offError offKeyboardHeightChange ' +
  'offNetworkStatusChange offPageNotFound offUserCaptureScreen onAccelerometerChange onAppHide onAppShow ' +
  'onCompassChange onDeviceMotionChange onError onGyroscopeChange onKeyboardHeightChange onMemoryWarning ' +
  'onNetworkStatusChange onPageNotFound onSocketClose onSocketError onSocketMessage onSocketOpen onThemeChange ' +
  'onUnhandledRejection onUserCaptureScreen';

/** Functions that return an object, whose functions have no effect here. */
const FACTORIES =
  'connectSocket createAnimation createARCameraContext createCameraContext createCanvasContext ' +
  'createInnerAudioContext createIntersectionObserver createInterstitialAd createLivePlayerContext createMapContext ' +
  'createRewardedVideoAd createRtcRoomContext createVideoContext getBackgroundAudioManager ' +
  'getFileSystemManager getRecorderManager getUpdateManager';

/** The functions of a phone's swan object that the preview lacks, so that calling them does not throw. */
export function createUnsupported(host: HostAdapter): Record<string, (given?: unknown) => unknown> {
  const make = (names: string, run: (name: string) => (given?: unknown) => unknown) =>
    names.split(' ').map(name => [name, run(name)] as const);
  return Object.fromEntries([
    ...make(CALLS, name => given => {
      const message = `swan.${name} is not part of the preview`;
      console.warn(message);
      callAsyncUnchecked(host, name, given, () => {
        throw new HostError(101, message);
      });
    }),
    ...make(WITHOUT_EFFECT, name => given => callAsyncUnchecked(host, name, given, () => ({}))),
    ...make(LISTENERS, () => () => undefined),
    ...make(FACTORIES, () => nullObject),
  ]);
}
