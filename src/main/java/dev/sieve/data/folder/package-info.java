/**
 * A folder of images in one folder a class: {@link dev.sieve.data.folder.ImageFolder} finds them,
 * {@link dev.sieve.data.folder.ImageFile} decodes and scales one.
 */
@NullMarked
package dev.sieve.data.folder;

import org.jspecify.annotations.NullMarked;
